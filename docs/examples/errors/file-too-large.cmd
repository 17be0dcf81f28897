python -c "import formulation.catalog as c; c.LARGEST = 100; c.read_toml(c.Path('docs/examples/cycloserine-tms.toml'))"
