formulate capsules docs/examples/errors/machine-plate.toml
