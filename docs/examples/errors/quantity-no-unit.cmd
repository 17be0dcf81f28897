formulate plan docs/examples/errors/quantity-no-unit.toml
