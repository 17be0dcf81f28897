formulate plan docs/examples/errors/copy-of-commercial.toml
