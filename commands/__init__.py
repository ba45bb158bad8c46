"""One file per subcommand that is not the interface. No Textual, no Rich."""
