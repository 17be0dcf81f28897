formulate uniformity --mean 92 --sd 5 --n 30
