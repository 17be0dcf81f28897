formulate capsules docs/examples/cycloserine-pool.toml --method whole-unit
