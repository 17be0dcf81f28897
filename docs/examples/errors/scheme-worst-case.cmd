formulate weigh "2 mg"
