// A relying party in one page: code flow with PKCE, refresh, userInfo, revoke and sign-out.

import { challengeOf, decodeJwt, randomText } from "./pkce.js";

const TIMES = new Set(["exp", "iat", "auth_time", "nbf"]);
const byId = (id) => document.getElementById(id);
let settings;

function element(tag, text, className) {
  const made = document.createElement(tag);
  if (text !== undefined) { made.textContent = text; }
  if (className) { made.className = className; }
  return made;
}

function saved(name, value) {
  if (value === undefined) { return JSON.parse(sessionStorage.getItem(name) ?? "null"); }
  sessionStorage.setItem(name, JSON.stringify(value));
  return value;
}

function problem(text) {
  const banner = byId("problem");
  banner.textContent = text;
  banner.hidden = false;
}

function step(title, detail) {
  const log = saved("log") ?? [];
  log.push({ title, detail });
  saved("log", log);
  renderLog();
}

// Newest first, because that is where the eye is after a click; what is there already stays, so
// that a screen reader hears the new line alone.
function renderLog() {
  const log = saved("log") ?? [];
  const list = byId("log");
  byId("steps").hidden = log.length === 0;
  while (list.children.length > log.length) { list.lastChild.remove(); }
  for (const { title, detail } of log.slice(list.children.length)) {
    const item = element("li");
    item.append(element("strong", title), element("code", detail));
    list.prepend(item);
  }
}

async function signIn() {
  const verifier = randomText();
  const pending = { verifier, state: randomText(16), nonce: randomText(16) };
  const query = new URLSearchParams({
    response_type: "code",
    client_id: settings.clientId,
    redirect_uri: settings.callback,
    scope: settings.scope,
    state: pending.state,
    nonce: pending.nonce,
    code_challenge: await challengeOf(verifier),
    code_challenge_method: "S256",
  });
  saved("pending", pending);
  saved("log", []);
  step("The browser is sent to the pool", `GET /oauth2/authorize?response_type=code&client_id=${settings.clientId}&…`);
  location.assign(`${settings.authorize}?${query}`);
}

async function post(address, fields) {
  const answer = await fetch(address, { method: "POST", body: new URLSearchParams(fields) });
  const text = await answer.text();
  return { status: answer.status, body: text ? JSON.parse(text) : {} };
}

async function finishSignIn() {
  const query = new URLSearchParams(location.search);
  history.replaceState(null, "", "/_demo/");
  const pending = saved("pending");
  sessionStorage.removeItem("pending");
  if (query.has("error")) {
    const words = query.get("error_description");
    step("The pool refused", `error=${query.get("error")}${words ? ` error_description=${words}` : ""}`);
    return problem(`The pool refused: ${query.get("error")}${words ? ` (${words})` : ""}. Look at Live to see why.`);
  }
  if (!query.has("code")) { return undefined; }
  if (!pending && saved("tokens")) {
    return step("The pool sent the browser back once more", "Nobody asked for this code, so the app keeps the tokens it has.");
  }
  if (!pending || query.get("state") !== pending.state) {
    return problem("The answer does not belong to a sign-in that this tab began, so it is thrown away (state).");
  }
  step("The pool sent the browser back with a code", `GET /_demo/callback?code=${query.get("code").slice(0, 8)}…&state=…`);
  const { status, body } = await post(settings.token, {
    grant_type: "authorization_code",
    client_id: settings.clientId,
    code: query.get("code"),
    redirect_uri: settings.callback,
    code_verifier: pending.verifier,
  });
  if (status !== 200) {
    step("The pool refused the code", `POST /oauth2/token → ${status}: ${JSON.stringify(body)}`);
    return problem(`The code could not be traded: ${status} ${JSON.stringify(body)}. Look at Live to see why.`);
  }
  step("The app traded the code for tokens", `POST /oauth2/token → ${status}: ${Object.keys(body).join(", ")}`);
  if (body.id_token && decodeJwt(body.id_token).payload.nonce !== pending.nonce) {
    return problem("The ID token does not carry this sign-in's nonce, so it is thrown away.");
  }
  saved("tokens", body);
  return undefined;
}

async function refresh() {
  const tokens = saved("tokens");
  const { status, body } = await post(settings.token, {
    grant_type: "refresh_token",
    client_id: settings.clientId,
    refresh_token: tokens.refresh_token,
  });
  if (status !== 200) {
    step("The pool refused the refresh", `POST /oauth2/token → ${status}: ${JSON.stringify(body)}`);
    return problem(`The refresh was refused: ${status} ${JSON.stringify(body)}. Look at Live to see why.`);
  }
  step("The app refreshed its tokens", `POST /oauth2/token → ${status}: ${Object.keys(body).join(", ")}`);
  saved("tokens", { ...tokens, ...body });
  return render();
}

async function callUserInfo() {
  const answer = await fetch(settings.userInfo, { headers: { Authorization: `Bearer ${saved("tokens").access_token}` } });
  const body = await answer.json();
  step("The app asked userInfo", `GET /oauth2/userInfo → ${answer.status}\n${JSON.stringify(body, null, 2)}`);
  if (!answer.ok) { problem(`userInfo refused: ${body.error_description ?? answer.status}. Look at Live to see why.`); }
}

async function revoke() {
  const { status } = await post(settings.revoke, { token: saved("tokens").refresh_token, client_id: settings.clientId });
  step("The app revoked its refresh token", `POST /oauth2/revoke → ${status}`);
}

async function machine() {
  const answer = await fetch("/_demo/machine-to-machine", { method: "POST", headers: { "X-Demo": "1" } });
  const { status, body, problem: words } = await answer.json();
  if (words) { return problem(words); }
  step(`The back end got a token for ${settings.machine}`, `POST /oauth2/token grant_type=client_credentials → ${status}`);
  if (status === 200) { saved("machineTokens", body); }
  return render();
}

function signOut() {
  sessionStorage.clear();
  const query = new URLSearchParams({ client_id: settings.clientId, logout_uri: settings.home });
  location.assign(`${settings.logout}?${query}`);
}

function button(label, action, primary) {
  const made = element("button", label, primary ? "primary" : "");
  made.type = "button";
  made.addEventListener("click", async () => {
    byId("problem").hidden = true;
    made.disabled = true;
    try { await action(); } catch (error) { problem(error.message); }
    made.disabled = false;
  });
  return made;
}

function shown(name, value) {
  if (TIMES.has(name)) { return `${value}  ·  ${new Date(value * 1000).toLocaleString()}`; }
  return typeof value === "string" ? value : JSON.stringify(value);
}

function tokenCard(title, token, hint) {
  const card = element("article", undefined, "token");
  const decoded = decodeJwt(token);
  card.append(element("h2", title), element("p", hint, "quiet"));
  if (decoded) {
    const table = element("table");
    for (const [name, value] of Object.entries(decoded.payload)) {
      const row = element("tr");
      const head = element("th", name);
      head.scope = "row";
      row.append(head, element("td", shown(name, value)));
      table.append(row);
    }
    card.append(table);
  }
  const raw = element("details");
  raw.append(element("summary", `${token.length} characters`), element("code", token, "raw"));
  card.append(raw);
  return card;
}

function render() {
  const tokens = saved("tokens");
  const machineTokens = saved("machineTokens");
  const user = tokens?.id_token ? decodeJwt(tokens.id_token).payload : null;
  const actions = byId("actions");
  const cards = [];
  if (tokens) {
    byId("headline").textContent = `Signed in as ${user?.["cognito:username"] ?? "somebody"}`;
    byId("explain").textContent = "The app holds these tokens now. All of them came from your own pool.";
    actions.replaceChildren(
      button("Call userInfo", callUserInfo, true),
      button("Refresh", refresh),
      button("Revoke", revoke),
      button("Sign out", signOut),
    );
    if (tokens.id_token) { cards.push(tokenCard("ID token", tokens.id_token, "Tells the app who signed in.")); }
    cards.push(tokenCard("Access token", tokens.access_token, "Opens the APIs; the app sends it along."));
    if (tokens.refresh_token) { cards.push(tokenCard("Refresh token", tokens.refresh_token, "Opaque. Buys new tokens without a sign-in.")); }
  } else {
    actions.replaceChildren(button("Sign in", signIn, true));
  }
  if (settings.machine) { actions.append(button("Machine-to-machine", machine)); }
  if (machineTokens) { cards.push(tokenCard("Machine's access token", machineTokens.access_token, "No user: the client speaks for itself.")); }
  byId("tokens").replaceChildren(...cards);
  byId("tokens").hidden = cards.length === 0;
  renderLog();
}

async function start() {
  settings = await (await fetch("/_demo/settings.json")).json();
  if (settings.problem) { return problem(settings.problem); }
  byId("where").textContent = `client ${settings.client} of pool ${settings.pool}`;
  if (location.pathname === "/_demo/callback") { await finishSignIn(); }
  if (new URLSearchParams(location.search).has("sign-in")) {
    history.replaceState(null, "", "/_demo/");
    return signIn();
  }
  return render();
}

start().catch((error) => problem(error.message));
