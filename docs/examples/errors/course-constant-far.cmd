formulate learn practice --course docs/examples/errors/course-constant-far.toml
