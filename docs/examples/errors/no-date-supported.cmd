formulate plan docs/examples/errors/no-date-supported.toml
