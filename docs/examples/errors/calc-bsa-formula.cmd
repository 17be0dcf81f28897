formulate calc weight --weight "70 kg" --height "175 cm" --formula haycock
