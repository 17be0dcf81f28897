formulate capsules docs/examples/errors/packing-other-lot.toml
