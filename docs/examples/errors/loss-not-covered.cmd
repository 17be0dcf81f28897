formulate plan docs/examples/errors/loss-not-covered.toml
