formulate note docs/examples/cycloserine-tms.toml --route liquid-water --html README.md
