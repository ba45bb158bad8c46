"""What views and reports show, computed from the Matrix."""
