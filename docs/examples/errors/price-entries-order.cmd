formulate catalog check docs/examples/errors/price-entries-order.toml
