formulate calc salt --salt "5 g" --assay "99.5 %"
