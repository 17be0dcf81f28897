formulate liquid naltrexone "0.05 mg" --doses 30 --vehicle ora-plus --date 2026-01-05
