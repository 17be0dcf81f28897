formulate calc strength --strength "2 %" --whole "30 g"
