formulate plan docs/examples/errors/no-device.toml
