formulate learn practice --course teachin
