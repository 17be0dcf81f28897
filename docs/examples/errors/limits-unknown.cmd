formulate uniformity --gross "277, 281, 279, 280, 272, 275, 278, 277, 290, 270 mg" --shell-size 3 --set nrf
