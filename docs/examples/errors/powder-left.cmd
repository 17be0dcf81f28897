formulate capsules docs/examples/cycloserine-pool.toml --actual "left 0.2 g"
