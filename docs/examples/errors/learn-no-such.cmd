formulate learn practice --topic dilutoin
