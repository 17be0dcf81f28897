formulate uniformity --weighed-in "6.5 g" --weighed-out "6.2 g"
