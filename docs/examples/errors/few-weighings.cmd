formulate capsules docs/examples/errors/few-weighings.toml
