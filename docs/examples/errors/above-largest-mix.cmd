formulate weigh "5 kg"
