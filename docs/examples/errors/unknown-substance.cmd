formulate plan docs/examples/errors/unknown-substance.toml
