formulate learn lesson docs/examples/errors/lessons/02-unknown-slip.md
