formulate learn lesson docs/examples/errors/lessons/05-shows-nothing.md
