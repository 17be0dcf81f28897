formulate compare cycloserine "100 mg" --doses 10 --date 2026-01-05 --up-to 5000
