formulate plan docs/examples/errors/share-not-a-share.toml
