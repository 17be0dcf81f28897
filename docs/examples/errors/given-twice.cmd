formulate plan docs/examples/errors/given-twice.toml --doses 20
