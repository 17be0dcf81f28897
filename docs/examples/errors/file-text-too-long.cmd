formulate plan docs/examples/errors/file-text-too-long.toml
