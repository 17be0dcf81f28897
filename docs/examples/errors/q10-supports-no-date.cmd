formulate calc q10 --time "90 days" --q10 3 --old-temperature 5 --new-temperature 25
