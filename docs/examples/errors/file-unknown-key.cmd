formulate plan docs/examples/errors/file-unknown-key.toml
