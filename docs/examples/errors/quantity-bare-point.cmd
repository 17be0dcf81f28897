formulate plan docs/examples/errors/quantity-bare-point.toml
