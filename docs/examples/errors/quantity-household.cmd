formulate plan docs/examples/errors/quantity-household.toml
