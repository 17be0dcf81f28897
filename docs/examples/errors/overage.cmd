formulate plan docs/examples/errors/overage.toml
