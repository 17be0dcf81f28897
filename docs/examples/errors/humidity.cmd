formulate plan docs/examples/errors/humidity.toml
