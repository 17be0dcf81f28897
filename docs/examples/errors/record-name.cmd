formulate catalog check docs/examples/errors/records
