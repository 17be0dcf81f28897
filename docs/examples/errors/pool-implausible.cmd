formulate plan docs/examples/errors/pool-implausible.toml
