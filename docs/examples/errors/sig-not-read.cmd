formulate calc sig --sig "1 tab po bid prn"
