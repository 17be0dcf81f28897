formulate plan docs/examples/errors/below-least-weighable.toml
