"""View 1: units beside the checklist of one of them."""
