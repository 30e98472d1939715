"""Two logins or exchanges beside each other: what differs, apart from what always does."""
