formulate weigh "2 mg" --permitted "0 %"
