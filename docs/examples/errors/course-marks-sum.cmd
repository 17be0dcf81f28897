formulate learn practice --course docs/examples/errors/course-marks-sum.toml
