formulate calc dilut
