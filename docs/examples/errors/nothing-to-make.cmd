formulate label docs/examples/errors/nothing-to-make.toml
