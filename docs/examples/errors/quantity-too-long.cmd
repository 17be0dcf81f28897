formulate plan docs/examples/errors/quantity-too-long.toml
