formulate uniformity --gross "2.77 g" --theory "2.29 g" --shell "480 mg" --shell-tolerance "30 mg"
