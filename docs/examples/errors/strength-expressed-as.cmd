formulate plan escitalopram "2.5 mg" --doses 14 --all --date 2026-01-05
