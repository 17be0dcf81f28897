formulate weigh "0.1 ng" --liquid
