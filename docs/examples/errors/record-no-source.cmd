formulate plan docs/examples/errors/record-no-source.toml
