formulate plan docs/examples/errors/record-not-found.toml
