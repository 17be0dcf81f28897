formulate plan docs/examples/errors/assigned-beyond-limit.toml
