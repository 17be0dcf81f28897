python -c "from datetime import date; from pathlib import Path; from formulation.scores import Score, append; append(Score('a', 'dilution', 'A', '1 mL', 1, '', date(2026, 11, 23)), Path('docs'))"
