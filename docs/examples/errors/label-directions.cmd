formulate label docs/examples/errors/label-directions.toml
