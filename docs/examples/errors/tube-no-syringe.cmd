formulate liquid cycloserine "100 mg" --doses 5 --date 2026-01-05 --tube --bench docs/examples/errors/bench-no-device.toml
