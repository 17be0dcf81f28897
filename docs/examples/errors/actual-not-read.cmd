formulate capsules docs/examples/cycloserine-pool.toml --actual "spilled"
