formulate capsules docs/examples/cycloserine-bulk.toml --method whole-unit
