FORMULATE_HOME=docs/examples/errors/a-book formulate prices at 24385-0054-53 2025-01-02
