formulate uniformity --mean 95 --sd 4.8 --n 30
