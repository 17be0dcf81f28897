formulate calc isotonic --drug "0.3 g" --volume "30 mL" --isotonic "0.9 % w/v"
