FORMULATE_HOME=docs/examples/errors/a-quiz formulate learn quiz --scores
