formulate label docs/examples/naltrexone-label.toml --pdf label.pdf --size "60 x 20 mm"
