formulate calc strength --strength "2 mg" --whole "30 g"
