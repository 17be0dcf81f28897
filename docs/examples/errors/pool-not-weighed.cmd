formulate plan docs/examples/errors/pool-not-weighed.toml
