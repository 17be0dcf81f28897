formulate label docs/examples/naltrexone-label.toml --dpi 204
