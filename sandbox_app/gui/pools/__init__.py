"""The Pools place: everything that is configured, to be looked at and edited."""
