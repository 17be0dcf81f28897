formulate weigh "1.2345 mg"
