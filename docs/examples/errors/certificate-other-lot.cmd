formulate capsules docs/examples/errors/certificate-other-lot.toml
