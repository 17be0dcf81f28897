formulate calc serial --start "10 mg/mL" --final "3 mcg/mL" --fold 10
