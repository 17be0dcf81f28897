formulate liquid cycloserine "100 mg" --doses 5 --date 2026-01-05 --bench docs/examples/errors/bench-device-tip.toml
