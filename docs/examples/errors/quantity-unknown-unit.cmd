formulate plan docs/examples/errors/quantity-unknown-unit.toml
