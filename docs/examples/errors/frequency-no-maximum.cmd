formulate plan docs/examples/errors/frequency-no-maximum.toml
