formulate plan cycloserine "100 mg" --doses 10 --date 2026-01-05 --bench docs/examples/errors/bench-tax-part-twice.toml
