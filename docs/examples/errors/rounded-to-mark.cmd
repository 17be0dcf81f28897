formulate plan docs/examples/errors/rounded-to-mark.toml
