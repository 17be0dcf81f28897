formulate plan docs/examples/errors/quantity-unit-spelling.toml
