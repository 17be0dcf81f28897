formulate plan docs/examples/cycloserine-tms.toml "100 mg"
