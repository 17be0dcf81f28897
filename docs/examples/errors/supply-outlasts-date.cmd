formulate plan docs/examples/errors/supply-outlasts-date.toml
