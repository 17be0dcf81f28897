formulate plan docs/examples/errors/allowance-not-applied.toml
