formulate plan docs/examples/errors/overage-no-reason.toml
