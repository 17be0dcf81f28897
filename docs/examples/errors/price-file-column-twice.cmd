formulate prices import docs/examples/errors/price-file-column-twice.csv
