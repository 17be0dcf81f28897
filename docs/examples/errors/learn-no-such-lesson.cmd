formulate learn lesson aligation
