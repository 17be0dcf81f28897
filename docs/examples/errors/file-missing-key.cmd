formulate plan docs/examples/errors/file-missing-key.toml
