formulate plan docs/examples/errors/quantity-other-digits.toml
