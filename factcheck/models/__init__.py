"""The embedded models and how they are run."""
