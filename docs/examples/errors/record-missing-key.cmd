formulate plan docs/examples/errors/record-missing-key.toml
