"""Bend the world of one sandbox, tell how it is bent, and make it straight again."""
