formulate plan docs/examples/errors/quantity-wrong-kind.toml
