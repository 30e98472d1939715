"""Faults on the wire: what the gateway and the TLS listener do wrong where a fault says so."""
