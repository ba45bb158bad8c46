"""Parsing the command line, running one command and giving its exit code."""
