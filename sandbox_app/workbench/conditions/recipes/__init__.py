"""Recipes: files that bend the world the same way every time, by hand or headless."""
