"""Faults on purpose: their sentences, the list of them, and which of them a request runs into."""
