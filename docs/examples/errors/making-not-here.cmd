formulate capsules docs/examples/cycloserine-pool.toml --shell hypromellose
