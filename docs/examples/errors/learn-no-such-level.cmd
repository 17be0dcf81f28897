formulate learn practice --level 5
