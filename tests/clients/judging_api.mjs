// An API that judges each token it is handed on a line of its own, keeping keys as the library does.

import { createInterface } from "node:readline";
import { JwtVerifier } from "aws-jwt-verify";
import { SimpleJwksCache } from "aws-jwt-verify/jwk";

const { issuer, keys } = JSON.parse(process.env.JOURNEY);

const fetcher = {
  async fetch(uri) {
    const answer = await fetch(uri);
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    return answer.arrayBuffer();
  },
};
const verifier = JwtVerifier.create(
  { issuer, jwksUri: keys, audience: null },
  { jwksCache: new SimpleJwksCache({ fetcher }) },
);

for await (const token of createInterface({ input: process.stdin })) {
  const verdict = await verifier.verify(token).then(
    () => "accepted",
    (error) => `refused: ${error.constructor.name}`,
  );
  console.log(verdict);
}
