formulate calc dilute --stock-strength "3 mmol/mL" --final-strength "0.1 mmol/mL" --final-volume "500 mL" --stock-volume "16.67 mL"
