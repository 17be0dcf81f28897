formulate capsules docs/examples/cycloserine-pool.toml --actual "short by 0.4 g"
