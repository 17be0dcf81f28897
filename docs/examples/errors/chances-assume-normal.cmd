formulate uniformity --chart
