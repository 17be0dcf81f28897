formulate plan docs/examples/errors/no-graduate.toml
