python -c "from formulation.families import family; family('stock-to-tke')"
