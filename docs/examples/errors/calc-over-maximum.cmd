formulate calc weight --per-kg "15 mg/kg" --weight "80 kg" --maximum "1000 mg"
