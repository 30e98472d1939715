"""The endpoints of the pool's domain and issuer: parse, call one flow, render its outcome."""
