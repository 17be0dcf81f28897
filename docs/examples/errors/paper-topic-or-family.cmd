formulate learn paper docs/examples/errors/paper-topic-or-family.toml
