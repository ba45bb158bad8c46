"""The subcommands, one file each. No Textual, no Rich."""
