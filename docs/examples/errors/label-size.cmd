formulate label docs/examples/naltrexone-label.toml --size "100 mm"
