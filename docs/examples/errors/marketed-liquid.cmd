formulate plan escitalopram "2.5 mg" --doses 14 --date 2026-01-05
