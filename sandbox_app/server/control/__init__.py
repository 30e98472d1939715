"""The control interface under `/_sandbox/`: everything the window can bend, for a script."""
