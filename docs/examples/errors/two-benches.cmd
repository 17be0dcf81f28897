formulate plan docs/examples/errors/two-benches.toml --bench teaching
