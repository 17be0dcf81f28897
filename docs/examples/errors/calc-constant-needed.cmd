formulate calc convert --amount "5 grains" --to mg
