formulate plan docs/examples/errors/quantity-leading-zero.toml
