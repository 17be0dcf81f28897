formulate calc weight --per-kg "5 mg" --weight "80 kg"
