formulate learn practice --course docs/examples/errors/course-tolerance.toml
