formulate plan docs/examples/errors/unknown-route.toml
