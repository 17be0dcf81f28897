formulate plan docs/examples/errors/release-unknown.toml
