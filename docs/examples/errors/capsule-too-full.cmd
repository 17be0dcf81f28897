formulate plan docs/examples/errors/capsule-too-full.toml
