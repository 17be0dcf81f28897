formulate plan docs/examples/errors/bulk-basis.toml
