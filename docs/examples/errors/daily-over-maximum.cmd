formulate plan docs/examples/errors/daily-over-maximum.toml
