formulate plan docs/examples/errors/daily-over-caution.toml
