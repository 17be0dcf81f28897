formulate plan docs/examples/errors/old-price.toml
