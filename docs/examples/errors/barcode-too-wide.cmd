formulate label docs/examples/errors/barcode-too-wide.toml --html label.html --size "40 x 100 mm"
