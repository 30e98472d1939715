"""The Conditions place: bend the clock, the keys and the wire, and make them straight again."""
