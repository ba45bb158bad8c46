"""What is typed in the filter."""
