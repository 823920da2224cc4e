"""From an article to its claims."""
