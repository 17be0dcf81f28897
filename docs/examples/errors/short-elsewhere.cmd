formulate plan hydralazine "10 mg" --doses 14 --route liquid-ora-plus --date 2026-01-05
