formulate uniformity --drug "229 mg" --fill "100 mg"
