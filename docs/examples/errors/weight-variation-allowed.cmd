formulate uniformity --drug "100 mg" --fill "229 mg"
