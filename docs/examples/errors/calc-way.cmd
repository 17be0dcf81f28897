formulate calc convert --amount "5 mg" --to mcg --round "1 mcg" --way sideways
