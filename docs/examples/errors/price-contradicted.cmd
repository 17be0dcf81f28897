FORMULATE_HOME=docs/examples/errors/a-book formulate prices at 46122-0385-76 2025-01-02
