formulate liquid naltrexone "0.05 mg" --doses 30 --vehicle ora-plus --stock --date 2026-01-05
