formulate plan docs/examples/errors/contraindications.toml
