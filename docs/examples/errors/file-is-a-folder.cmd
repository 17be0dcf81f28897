formulate plan docs/examples/
