formulate capsules docs/examples/errors/certificate-no-pool.toml
