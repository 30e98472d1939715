"""What people prove themselves with: passwords so far."""
