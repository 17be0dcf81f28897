formulate liquid cycloserine "100 mg" --final-volume "2 mL" --concentration "25 mg/mL" --mode weighed --date 2026-01-05
