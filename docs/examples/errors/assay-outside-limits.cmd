formulate capsules docs/examples/errors/assay-outside-limits.toml
