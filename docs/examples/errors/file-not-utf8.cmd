formulate plan docs/examples/errors/file-not-utf8.toml
