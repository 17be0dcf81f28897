formulate capsules docs/examples/errors/certificate-assay.toml
