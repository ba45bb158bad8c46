"""From argv to options to one subcommand to an exit code."""
