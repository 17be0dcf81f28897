formulate plan docs/examples/errors/date-in-the-future.toml
