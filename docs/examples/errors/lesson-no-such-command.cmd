formulate learn lesson docs/examples/errors/lessons/04-no-such-command.md
