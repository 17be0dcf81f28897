formulate plan omeprazole "5 mg" --doses 5 --date 2026-01-05
