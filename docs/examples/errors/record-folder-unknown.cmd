formulate catalog list product-s
