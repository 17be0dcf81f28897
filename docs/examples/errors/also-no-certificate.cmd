formulate capsules docs/examples/errors/also-no-certificate.toml
