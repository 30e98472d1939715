"""Keys, minting, claims, inspecting and PKCE: JSON Web Tokens byte-faithful to the real service."""
