formulate prices import docs/examples/errors/price-file-no-price.csv
