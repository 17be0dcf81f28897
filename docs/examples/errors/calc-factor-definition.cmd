formulate calc mould --count 10 --mould "1 g" --drug-each "500 mg" --factor 5
