FORMULATE_HOME=docs/examples/errors/prices.csv formulate prices import docs/examples/errors/prices.csv
