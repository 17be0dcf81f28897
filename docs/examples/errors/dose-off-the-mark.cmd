formulate plan docs/examples/errors/dose-off-the-mark.toml
