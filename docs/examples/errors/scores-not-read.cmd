python -c "from pathlib import Path; from formulation.scores import read; read(Path('docs'))"
