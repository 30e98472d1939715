"""The network edge: authorities, listeners, certificates, requests that cannot be read."""
