formulate capsules docs/examples/cycloserine-pool.toml --actual "short by 4 g"
