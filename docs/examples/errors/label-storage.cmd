formulate label docs/examples/errors/label-storage.toml
