formulate plan docs/examples/errors/expires-unknown.toml
