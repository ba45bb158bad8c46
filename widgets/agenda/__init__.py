"""View 3: by deadline, who has handed in and who has not."""
