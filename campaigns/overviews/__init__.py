"""What views and reports read off the Matrix."""
