formulate plan cycloserine "100 mg" --doses 10 --date 5.1.2026
