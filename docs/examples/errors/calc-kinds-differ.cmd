formulate calc dilute --stock-strength "14 % w/v" --final-strength "2 % w/w" --final-volume "1 L"
