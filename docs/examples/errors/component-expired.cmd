formulate plan docs/examples/errors/component-expired.toml
