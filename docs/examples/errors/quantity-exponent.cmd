formulate plan docs/examples/errors/quantity-exponent.toml
