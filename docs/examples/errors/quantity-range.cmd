formulate plan docs/examples/errors/quantity-range.toml
