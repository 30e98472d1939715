// Proof Key for Code Exchange, RFC 7636, with the browser's own cryptography.

export function randomText(bytes = 32) {
  return base64url(crypto.getRandomValues(new Uint8Array(bytes)));
}

export async function challengeOf(verifier) {
  if (!crypto.subtle) {
    throw new Error("This page is not in a secure context, so the browser offers no hashing. Open it on http://localhost or over https.");
  }
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
  return base64url(new Uint8Array(digest));
}

export function base64url(bytes) {
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

export function decodeJwt(token) {
  const parts = token.split(".");
  if (parts.length !== 3) {
    return null;
  }
  const read = (part) => {
    const binary = atob(part.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes));
  };
  return { header: read(parts[0]), payload: read(parts[1]) };
}
