formulate plan cycloserine "100 mg" --doses ten
