formulate plan docs/examples/errors/bench-assigns-date.toml
