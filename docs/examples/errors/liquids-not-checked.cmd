python -c 'from formulation.handling import marketed_liquids; from formulation.records import Substance; print(marketed_liquids(Substance(key="x", name="examplin"))[0].what)'
