"""Text from outside: what of it a model may read, and what an editor is told about the rest."""
