"""What is handed to people: texts and tables, pure functions of the matrix."""
