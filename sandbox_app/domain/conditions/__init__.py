"""What makes one sandbox differ from the real service on purpose, for as long as it is wanted."""
