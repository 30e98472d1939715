// What next-auth makes of its configuration, without Next.js: the handlers, one request at a time.

import { createInterface } from "node:readline/promises";
import { Auth } from "@auth/core";
import "./auth.mjs";
import { kept } from "./next-auth.mjs";

const usual = { basePath: "/api/auth", trustHost: true, secret: process.env.AUTH_SECRET };
const cookies = new Map();

async function visit(address, form) {
  const request = new Request(new URL(address, process.env.AUTH_URL), {
    method: form ? "POST" : "GET",
    headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; ") },
    body: form && new URLSearchParams(form),
  });
  const answer = await Auth(request, { ...usual, ...kept });
  for (const cookie of answer.headers.getSetCookie()) {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie);
    cookies.set(name, value);
  }
  return answer;
}

const { csrfToken } = await (await visit("/api/auth/csrf")).json();
const left = await visit("/api/auth/signin/cognito", { csrfToken });
console.log("LEFT", left.headers.get("location"));
const terminal = createInterface({ input: process.stdin, output: process.stderr });
await visit(await terminal.question("Where did that lead to? "));
terminal.close();
console.log("SESSION", JSON.stringify(await (await visit("/api/auth/session")).json()));
