formulate label docs/examples/cycloserine-tms.toml --route dispersion
