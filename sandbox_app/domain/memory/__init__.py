"""What a sandbox remembers of what happened, in bounded memory and until it ends."""
