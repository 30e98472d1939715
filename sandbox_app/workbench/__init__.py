"""Powers the real service does not have: seeds so far; conditions, crafting and replay follow."""
