formulate capsules docs/examples/errors/unit-apart.toml
