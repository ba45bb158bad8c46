"""A change on its way to the store: request, plan, queue, writer."""
