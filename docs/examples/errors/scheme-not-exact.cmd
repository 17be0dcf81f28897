formulate weigh "1.237 mg"
