formulate uniformity --values ","
