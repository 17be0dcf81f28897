formulate plan docs/examples/errors/quantity-empty.toml
