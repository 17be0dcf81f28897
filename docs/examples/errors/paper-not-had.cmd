formulate learn paper docs/examples/errors/paper-not-had.toml
