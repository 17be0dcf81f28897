formulate weigh "2 mg" --bench docs/examples/errors/bench-largest-mix-unknown.toml
