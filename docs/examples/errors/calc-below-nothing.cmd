formulate calc dilute --stock-strength "2 % w/v" --stock-volume "100 mL" --final-strength "5 % w/v"
