formulate design docs/examples/errors/liquid-numbers-not-held.toml
