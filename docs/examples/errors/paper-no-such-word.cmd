formulate learn paper docs/examples/errors/paper-no-such-word.toml
