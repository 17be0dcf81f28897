formulate plan docs/examples/errors/surcharge.toml
