formulate uniformity --gross "277, 281 mg" --shell-size 3 --bench docs/examples/errors/shell-size-twice.toml
