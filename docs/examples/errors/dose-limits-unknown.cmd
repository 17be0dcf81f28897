formulate plan docs/examples/errors/dose-limits-unknown.toml
