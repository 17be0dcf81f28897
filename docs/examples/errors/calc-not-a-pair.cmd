formulate calc convert --amount "5 grains" --to mg --where "64.8 mg"
