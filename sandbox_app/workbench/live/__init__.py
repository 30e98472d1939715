"""What the Live place shows, worked out without a toolkit: logins, words, differences, tokens."""
