formulate plan omeprazole "20 mg" --doses 5 --date 2026-01-05
