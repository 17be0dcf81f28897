python -c "from formulation.families import family; from formulation.posing import pose; pose(family('stock-to-take'), 1, 5)"
