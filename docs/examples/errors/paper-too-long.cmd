formulate learn paper docs/examples/errors/paper-too-long.toml
