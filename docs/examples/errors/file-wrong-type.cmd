formulate plan docs/examples/errors/file-wrong-type.toml
