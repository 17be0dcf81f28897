formulate uniformity --mean 100.3 --sd 1.4
