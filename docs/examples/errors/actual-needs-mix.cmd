formulate capsules cycloserine "100 mg" --doses 10 --date 2026-01-05 --actual "short by 0.4 g"
