formulate uniformity --values "99.8, 101.2, 100.4" --n 10
