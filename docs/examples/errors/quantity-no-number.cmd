formulate plan docs/examples/errors/quantity-no-number.toml
