formulate liquid naltrexone "4.5 mg" --doses 11 --final-volume "50 mL" --units 1 --vehicle ora-plus --date 2026-01-05
