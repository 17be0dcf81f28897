formulate plan docs/examples/errors/record-unknown-key.toml
