formulate capsules docs/examples/cycloserine-pool.toml --actual "left 2 g"
