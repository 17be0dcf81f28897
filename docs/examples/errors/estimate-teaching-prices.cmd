formulate estimate docs/examples/cycloserine-tms.toml
