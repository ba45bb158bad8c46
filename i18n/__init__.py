"""Messages for people, and the gettext catalogues that translate them."""
