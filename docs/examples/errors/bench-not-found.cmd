formulate plan cycloserine "100 mg" --doses 10 --bench theaching
