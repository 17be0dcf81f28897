formulate plan docs/examples/errors/dose-not-measurable.toml
