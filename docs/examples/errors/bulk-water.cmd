formulate plan docs/examples/errors/bulk-water.toml
