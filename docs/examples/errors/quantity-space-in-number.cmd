formulate plan docs/examples/errors/quantity-space-in-number.toml
