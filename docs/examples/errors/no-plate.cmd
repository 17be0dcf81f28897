formulate capsules docs/examples/errors/no-plate.toml
