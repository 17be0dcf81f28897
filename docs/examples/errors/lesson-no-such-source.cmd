formulate learn lesson docs/examples/errors/lessons/06-no-such-source.md
