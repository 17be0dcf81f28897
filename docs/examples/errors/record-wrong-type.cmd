formulate plan docs/examples/errors/record-wrong-type.toml
