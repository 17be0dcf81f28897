formulate calc strength --strength "3 mEq/mL" --as %
