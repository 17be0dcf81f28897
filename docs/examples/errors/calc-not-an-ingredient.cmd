formulate calc reduce --ingredient "80 g" --wanted "240 mL"
