formulate liquid cycloserine "100 mg" --doses 5 --date 2026-01-05 --vehicle ora-plus --vehicle ora-sweet --parts "half"
