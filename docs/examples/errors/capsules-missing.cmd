formulate capsules docs/examples/cycloserine-pool.toml --mode fixed --actual "short by 0.1 g"
