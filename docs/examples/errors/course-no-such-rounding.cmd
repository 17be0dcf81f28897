formulate learn practice --course docs/examples/errors/course-no-such-rounding.toml
