FORMULATE_HOME=docs/examples/errors/no-book formulate prices list
