formulate capsules docs/examples/errors/pool-not-the-sum.toml
