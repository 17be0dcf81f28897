formulate plan docs/examples/errors/route-not-available.toml
