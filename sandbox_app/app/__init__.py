"""Settings, wiring and entry points: where the rooms are joined into a program."""
