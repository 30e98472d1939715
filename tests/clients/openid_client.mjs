// A server-side app with openid-client, and beside it the browser of the person who signs in.

import * as client from "openid-client";

const told = JSON.parse(process.env.JOURNEY);
const insecure = { execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks] };

async function step(name, action) {
  try {
    console.log(JSON.stringify({ step: name, ok: true, detail: (await action()) ?? "" }));
  } catch (error) {
    const detail = [error.message, error.code, error.error, error.cause?.message].filter(Boolean).join(" · ");
    console.log(JSON.stringify({ step: name, ok: false, detail }));
  }
}

function must(holds, what) {
  if (!holds) { throw new Error(what); }
}

async function refused(error, action) {
  try {
    await action();
  } catch (caught) {
    must(caught.error === error, `${caught.error ?? caught.message} instead of ${error}`);
    return error;
  }
  throw new Error(`accepted instead of ${error}`);
}

class Browser {
  cookies = new Map();

  async visit(address, form) {
    const answer = await fetch(address, {
      method: form ? "POST" : "GET",
      body: form && new URLSearchParams(form),
      redirect: "manual",
      headers: { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ") },
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie);
      this.cookies.set(name, value);
    }
    const target = answer.headers.get("location");
    if (target && !target.startsWith(told.app)) { return this.visit(new URL(target, address)); }
    return { status: answer.status, text: await answer.text(), address: new URL(target ?? address) };
  }

  // Signs in where a form comes up, and returns where the app gets the browser back.
  async signIn(address) {
    const page = await this.visit(address);
    const csrf = /name="_csrf" value="([^"]+)"/.exec(page.text);
    if (!csrf) { return page; }
    const action = /<form action="([^"]+)"/.exec(page.text)[1].replaceAll("&amp;", "&");
    const fields = { _csrf: csrf[1], username: told.username, password: told.password };
    return this.visit(new URL(action, page.address), fields);
  }
}

async function ask(config, more = {}) {
  const verifier = client.randomPKCECodeVerifier();
  const asked = { state: client.randomState(), nonce: client.randomNonce() };
  const address = client.buildAuthorizationUrl(config, {
    redirect_uri: `${told.app}/callback`,
    scope: "openid email profile",
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    ...asked,
    ...more,
  });
  const checks = { pkceCodeVerifier: verifier, expectedState: asked.state, expectedNonce: asked.nonce };
  return { address, checks };
}

const issuer = new URL(told.issuer);
const browser = new Browser();
let config, back, asked, tokens;

await step("discovery", async () => {
  const { id, secret } = told.server;
  config = await client.discovery(issuer, id, secret, client.ClientSecretBasic(secret), insecure);
  must(config.serverMetadata().issuer === told.issuer, "another issuer");
  must(!config.serverMetadata().supportsPKCE(), "PKCE is advertised, which the real service does not");
});
await step("sign in and trade the code", async () => {
  asked = await ask(config);
  back = (await browser.signIn(asked.address)).address;
  tokens = await client.authorizationCodeGrant(config, back, { ...asked.checks, idTokenExpected: true });
  must(tokens.claims()["cognito:username"] === told.username, "another user");
  return `ID token verified by ${config.serverMetadata().jwks_uri.split("/").pop()}`;
});
await step("userInfo", async () => {
  const person = await client.fetchUserInfo(config, tokens.access_token, tokens.claims().sub);
  must(person.email === "alice@example.com", JSON.stringify(person));
});
await step("refresh", async () => {
  const renewed = await client.refreshTokenGrant(config, tokens.refresh_token);
  must(renewed.access_token !== tokens.access_token, "the same access token");
  must(renewed.claims().sub === tokens.claims().sub, "another user");
});
await step("silent sign-in of the same browser", async () => {
  const again = await ask(config);
  const page = await browser.visit(again.address);
  await client.authorizationCodeGrant(config, page.address, again.checks);
});
await step("revoke", async () => {
  await client.tokenRevocation(config, tokens.refresh_token);
  return refused("invalid_grant", () => client.refreshTokenGrant(config, tokens.refresh_token));
});
await step("machine token, secret by Basic and in the body", async () => {
  const { id, secret } = told.machine;
  for (const method of [client.ClientSecretBasic, client.ClientSecretPost]) {
    const machine = await client.discovery(issuer, id, secret, method(secret), insecure);
    const token = await client.clientCredentialsGrant(machine, { scope: "orders/read" });
    must(token.expires_in === 3600 && !token.refresh_token, JSON.stringify(token));
  }
});
await step("refused: a code used twice", () =>
  refused("invalid_grant", () => client.authorizationCodeGrant(config, back, asked.checks)));
await step("refused: another verifier", async () => {
  const again = await ask(config);
  const { address } = await browser.signIn(again.address);
  const checks = { ...again.checks, pkceCodeVerifier: client.randomPKCECodeVerifier() };
  return refused("invalid_grant", () => client.authorizationCodeGrant(config, address, checks));
});
await step("refused: another secret", async () => {
  const { id } = told.machine;
  const wrong = await client.discovery(issuer, id, "x", client.ClientSecretBasic("x"), insecure);
  return refused("invalid_client", () => client.clientCredentialsGrant(wrong));
});
await step("refused: a scope the client has not", async () => {
  const again = await ask(config, { scope: "openid offline_access" });
  const { address } = await browser.signIn(again.address);
  return refused("invalid_request", () => client.authorizationCodeGrant(config, address, again.checks));
});
await step("refused: a callback that is not registered", async () => {
  const again = await ask(config, { redirect_uri: `${told.app}/callback/` });
  const page = await browser.signIn(again.address);
  must(page.status === 400 && page.address.pathname === "/error", `${page.status} ${page.address}`);
  return page.address.searchParams.get("error");
});
await step("sign out: refused with OpenID Connect's parameters (LO-6)", async () => {
  const parameters = { post_logout_redirect_uri: `${told.app}/`, id_token_hint: tokens.id_token };
  const page = await browser.visit(client.buildEndSessionUrl(config, parameters));
  must(page.status === 400, `${page.status} ${page.address}`);
});
await step("sign out with the pool's own parameters", async () => {
  const parameters = { client_id: told.server.id, logout_uri: `${told.app}/` };
  const page = await browser.visit(client.buildEndSessionUrl(config, parameters));
  must(page.address.href === `${told.app}/`, page.address.href);
  const form = await browser.visit((await ask(config)).address);
  must(form.text.includes("_csrf"), "still signed in");
});
