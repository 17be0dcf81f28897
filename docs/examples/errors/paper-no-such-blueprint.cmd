formulate learn paper dilutoin
