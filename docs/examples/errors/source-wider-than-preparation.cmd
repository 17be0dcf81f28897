formulate plan docs/examples/errors/source-wider-than-preparation.toml
