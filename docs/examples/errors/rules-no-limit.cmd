python -c "from formulation.benches import read_bench; from formulation.beyond_use import limit_of; limit_of(read_bench().rules, 'injection')"
