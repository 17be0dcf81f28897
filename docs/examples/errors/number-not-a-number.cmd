formulate plan docs/examples/errors/number-not-a-number.toml
