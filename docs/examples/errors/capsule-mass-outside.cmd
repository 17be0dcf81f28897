formulate uniformity --gross "277, 281, 279, 280, 272, 275, 278, 277, 290, 303 mg" --theory "229 mg" --shell-size 3
