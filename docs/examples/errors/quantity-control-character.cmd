formulate plan docs/examples/errors/quantity-control-character.toml
