formulate capsules docs/examples/cycloserine-pool.toml --route dispersion
