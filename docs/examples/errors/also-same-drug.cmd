formulate capsules docs/examples/errors/also-same-drug.toml
