formulate learn paper dilution --form C
