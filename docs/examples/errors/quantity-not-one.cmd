formulate plan docs/examples/errors/quantity-not-one.toml
