formulate plan docs/examples/errors/date-assigned.toml
