formulate plan docs/examples/errors/share-no-sign.toml
