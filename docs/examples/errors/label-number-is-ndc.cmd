formulate label docs/examples/errors/label-number-is-ndc.toml
