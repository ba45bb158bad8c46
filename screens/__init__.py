"""The screens and dialogs of the interface, one a file. They are given the desk."""
