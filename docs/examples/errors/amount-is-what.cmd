formulate plan docs/examples/errors/amount-is-what.toml
