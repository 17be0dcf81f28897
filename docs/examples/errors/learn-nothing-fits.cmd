formulate learn practice --family stock-to-take --kind refuse
