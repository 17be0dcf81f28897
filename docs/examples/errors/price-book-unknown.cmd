FORMULATE_HOME=docs/examples/errors/not-a-book formulate prices list
