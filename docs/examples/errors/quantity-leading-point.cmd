formulate plan docs/examples/errors/quantity-leading-point.toml
