formulate calc aliquot --needed "2 mg" --weighed "100 mg" --aliquot "125 mg" --least "120 mg"
