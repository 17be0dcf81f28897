formulate calc dilute --stock-strength "14 % w/v"
