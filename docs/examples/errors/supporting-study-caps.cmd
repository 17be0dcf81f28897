formulate plan hydralazine "10 mg" --doses 14 --route formula-hydralazine-allen-erickson-1998-ora --date 2026-01-05
