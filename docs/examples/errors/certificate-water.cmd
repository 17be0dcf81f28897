formulate capsules docs/examples/errors/certificate-water.toml
