formulate learn paper docs/examples/errors/paper-too-many.toml
