formulate plan docs/examples/errors/bulk-assay.toml
