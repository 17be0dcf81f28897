python -c "from formulation.units import Quantity; Quantity(5, 'mg').to('mL')"
