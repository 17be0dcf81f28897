formulate plan docs/examples/errors/rules-not-yet.toml
