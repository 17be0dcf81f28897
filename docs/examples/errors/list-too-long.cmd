python -c "from formulation.lists import read_percents; read_percents('1;' * 1001, 'option --values')"
