formulate plan docs/examples/errors/rules-superseded.toml
