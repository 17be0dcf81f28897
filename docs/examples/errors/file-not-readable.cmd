formulate plan docs/examples/no-such-file.toml
