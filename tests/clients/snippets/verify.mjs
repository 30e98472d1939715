// What an API does with each token it gets.

import { verifier } from "./verifier.mjs";

for (const token of process.argv.slice(2)) {
  await verifier.verify(token).then(
    (claims) => console.log("ACCEPTED", claims.username ?? claims.sub),
    (error) => console.log("REFUSED", error.constructor.name),
  );
}
