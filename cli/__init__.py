"""The terminal program `formulate`: arguments and files in, report out, exit code."""
