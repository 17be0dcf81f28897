formulate plan docs/examples/errors/dose-outside-limits.toml
