"""Words for people: messages, and the gettext catalogues that turn them into a language."""
