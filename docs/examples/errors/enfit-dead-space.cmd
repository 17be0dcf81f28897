formulate liquid cycloserine "39 mg" --doses 5 --date 2026-01-05 --concentration "26 mg/mL" --mode weighed --tube --vehicle water --device "5 mL ENFit syringe"
