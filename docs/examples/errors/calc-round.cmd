formulate calc dilute --stock-strength "2 % w/v" --final-strength "0.5 % w/v" --final-volume "200 mL" --round "1 mg"
