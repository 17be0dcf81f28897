formulate calc price --cost 0 --price 30
