python -c "from formulation.grammar import read_bounds; read_bounds('120.0 to 90.0 %')"
