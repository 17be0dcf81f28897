formulate prices import docs/examples/errors/price-file-comparison.csv
