formulate learn lesson docs/examples/errors/lessons/01-not-closed.md
