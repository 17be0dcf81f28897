formulate plan docs/examples/errors/quantity-sign.toml
