formulate note docs/examples/cycloserine-tms.toml --route liquid-water --html no-such-folder/note.html
