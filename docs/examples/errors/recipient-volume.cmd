formulate liquid cycloserine "100 mg" --doses 5 --date 2026-01-05 --concentration "12.5 mg/mL" --most-volume "5 mL"
