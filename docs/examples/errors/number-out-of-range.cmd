formulate plan docs/examples/errors/number-out-of-range.toml
