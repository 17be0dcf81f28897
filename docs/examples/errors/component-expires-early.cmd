formulate plan docs/examples/errors/component-expires-early.toml
