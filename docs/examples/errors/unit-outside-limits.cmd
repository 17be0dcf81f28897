formulate uniformity --values docs/examples/errors/unit-outside-limits.csv
