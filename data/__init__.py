"""The shipped records: one cited TOML file each, read only by `formulation.catalog`."""
