// Stands where next-auth stands in the snippet: keeps what it is configured with.

export const kept = {};

export default function NextAuth(config) {
  Object.assign(kept, config);
  return { handlers: {}, auth: undefined, signIn: undefined, signOut: undefined };
}
