formulate liquid baclofen "5 mg" --doses 2 --dose-volume "120 mL" --vehicle ora-plus --date 2026-01-05
