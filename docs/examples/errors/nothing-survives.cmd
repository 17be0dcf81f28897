formulate design cycloserine "100 mg" --doses 10 --per-day 1 --route liquid-water --date 2026-01-05
