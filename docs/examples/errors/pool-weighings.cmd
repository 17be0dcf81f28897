formulate capsules docs/examples/errors/pool-weighings.toml
