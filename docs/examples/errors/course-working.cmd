formulate learn practice --course docs/examples/errors/course-working.toml
