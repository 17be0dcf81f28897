formulate liquid naltrexone "4.5 mg" --doses 10 --concentration "0.5 mg/mL" --stock --date 2026-01-05
