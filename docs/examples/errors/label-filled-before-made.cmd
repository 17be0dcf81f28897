formulate label docs/examples/errors/label-filled-before-made.toml
