formulate uniformity --gross "240, 310, 279, 280, 250, 300, 278, 277, 290, 270 mg" --shell "48 mg" --set nrf
