formulate plan docs/examples/errors/pool-too-small.toml
