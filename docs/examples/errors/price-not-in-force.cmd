FORMULATE_HOME=docs/examples/errors/a-book formulate prices at 24385-0054-52 2024-01-02
