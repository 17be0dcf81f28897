formulate note docs/examples/cycloserine-tms.toml
