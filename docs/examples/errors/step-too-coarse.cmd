formulate weigh "2 mg" --step "10 mg"
