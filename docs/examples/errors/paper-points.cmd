formulate learn paper docs/examples/errors/paper-points.toml
