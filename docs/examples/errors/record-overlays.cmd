formulate catalog check docs/examples/errors/home
