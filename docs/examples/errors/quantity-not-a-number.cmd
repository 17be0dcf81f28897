formulate plan docs/examples/errors/quantity-not-a-number.toml
