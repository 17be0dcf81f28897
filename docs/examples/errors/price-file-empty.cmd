formulate prices import docs/examples/errors/price-file-empty.csv
