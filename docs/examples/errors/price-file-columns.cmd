formulate prices import docs/examples/errors/price-file-columns.csv
