// Passkeys, and a word before a session ends. Without this file people sign in with password and code.
import { PasswordInput, createAll } from "./govuk-frontend.min.js";

createAll(PasswordInput);

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
const text = (buffer) => {
  const letters = Array.from(new Uint8Array(buffer), (b) => String.fromCharCode(b)).join("");
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
};
const named = (list) => (list ?? []).map((each) => ({ ...each, id: bytes(each.id) }));

// What the server asks, in the browser's own kinds. By hand: older browsers have no `parse…OptionsFromJSON`.
async function make(options) {
  const made = await navigator.credentials.create({ publicKey: {
    ...options,
    challenge: bytes(options.challenge),
    user: { ...options.user, id: bytes(options.user.id) },
    excludeCredentials: named(options.excludeCredentials),
  } });
  return answer(made, {
    clientDataJSON: text(made.response.clientDataJSON),
    attestationObject: text(made.response.attestationObject),
  });
}

async function sign(options) {
  const signed = await navigator.credentials.get({ publicKey: {
    ...options,
    challenge: bytes(options.challenge),
    allowCredentials: named(options.allowCredentials),
  } });
  const { clientDataJSON, authenticatorData, signature, userHandle } = signed.response;
  return answer(signed, {
    clientDataJSON: text(clientDataJSON),
    authenticatorData: text(authenticatorData),
    signature: text(signature),
    userHandle: userHandle ? text(userHandle) : undefined,
  });
}

const answer = (credential, response) =>
  JSON.stringify({ id: credential.id, rawId: text(credential.rawId), type: credential.type, response });

for (const form of window.PublicKeyCredential ? document.querySelectorAll("[data-passkey]") : []) {
  const fault = form.querySelector("[data-passkey-fault]");
  const say = (sentence) => { fault.textContent = sentence; fault.hidden = false; };
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    fault.hidden = true;
    const device = document.getElementById(form.elements.device.dataset.from);
    if (device) form.elements.device.value = device.value;
    try {
      const asked = await fetch(form.dataset.ask, { method: "POST" });
      const options = await asked.json();
      if (!asked.ok) { say(options.sentence ?? fault.dataset.text); return; }
      form.elements.answer.value = await (form.dataset.passkey === "create" ? make : sign)(options);
      form.submit();
    } catch {
      say(fault.dataset.text);
    }
  });
}

// The last two minutes are said; what was typed stays where it is. Asking keeps nobody signed in.
const notice = document.querySelector("[data-session]");
if (notice) {
  let endsAt = Date.parse(notice.dataset.session);
  const say = (sentence, link) => {
    if (notice.textContent.startsWith(sentence)) return;
    notice.replaceChildren(sentence);
    if (link) {
      const way = Object.assign(document.createElement("a"), { href: "/sign-in?next=%2Faccount", target: "_blank", rel: "noopener" });
      way.className = "govuk-link";
      way.textContent = notice.dataset.link;
      notice.append(" ", way);
    }
    notice.hidden = false;
  };
  const look = async () => {
    if (endsAt - Date.now() > 120_000) return;
    try {
      const asked = await fetch("/session");
      if (asked.status === 401) { say(notice.dataset.over, true); return; }
      endsAt = Date.parse((await asked.json()).ends_at);
    } catch {
      return; // no network now: the next look says
    }
    if (endsAt - Date.now() > 120_000) notice.hidden = true;
    else say(notice.dataset.soon, false);
  };
  setInterval(look, 20_000);
}
