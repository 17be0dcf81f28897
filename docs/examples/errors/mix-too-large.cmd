formulate weigh "2 mcg"
