formulate learn lesson docs/examples/errors/lessons/03-unknown-hole.md
