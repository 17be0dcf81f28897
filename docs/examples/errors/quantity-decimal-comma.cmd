formulate plan docs/examples/errors/quantity-decimal-comma.toml
