FORMULATE_HOME=docs/examples/errors/a-book formulate prices at 00000000011 2025-01-10
