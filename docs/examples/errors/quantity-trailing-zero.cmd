formulate plan docs/examples/errors/quantity-trailing-zero.toml
