formulate plan docs/examples/errors/file-not-toml.toml
