formulate uniformity --drug "50 mg" --fill "458 mg"
