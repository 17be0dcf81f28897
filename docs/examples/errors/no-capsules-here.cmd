formulate capsules docs/examples/errors/no-capsules-here.toml
