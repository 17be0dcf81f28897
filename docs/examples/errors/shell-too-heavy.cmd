formulate uniformity --gross "277 mg, 47 mg" --theory "229 mg" --shell "48 mg"
