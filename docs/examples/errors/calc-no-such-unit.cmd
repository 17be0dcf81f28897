formulate calc convert --amount "5 mg" --to stone
