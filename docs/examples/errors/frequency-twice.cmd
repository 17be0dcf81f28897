formulate plan docs/examples/errors/frequency-twice.toml
