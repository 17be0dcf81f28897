formulate plan docs/examples/errors/assigned-to-no-route.toml
