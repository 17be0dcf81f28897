formulate plan docs/examples/errors/share-too-large.toml
