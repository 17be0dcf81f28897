python -c "from pathlib import Path; from formulation.price_file import PriceFile; PriceFile(Path('nadac.csv'))._text(b'x' * 70000, 2)"
