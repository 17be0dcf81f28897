formulate calc dilute --stock-strength "5 % w/v" --final-strength "2 % w/v" --final-volume "250 mL" --stock-volume "100 mL"
