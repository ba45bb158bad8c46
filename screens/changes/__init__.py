"""A change on its way to the store: request, plan, queue, undo and redo."""
