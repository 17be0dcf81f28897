formulate plan docs/examples/errors/pool-unknown-product.toml
