formulate liquid cycloserine "100 mg" --doses 5 --date 2026-01-05 --concentration "25 mg/mL" --vehicle ora-sweet
