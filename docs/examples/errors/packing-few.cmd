formulate capsules docs/examples/errors/packing-few.toml
