formulate weigh "2 mg" --rule usp
