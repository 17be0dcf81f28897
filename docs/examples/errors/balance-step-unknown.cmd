formulate plan docs/examples/errors/balance-step-unknown.toml
