formulate plan docs/examples/errors/quantity-zero.toml
