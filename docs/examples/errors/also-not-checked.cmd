formulate capsules docs/examples/errors/also-not-checked.toml
