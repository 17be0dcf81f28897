formulate label docs/examples/errors/label-preparation.toml
