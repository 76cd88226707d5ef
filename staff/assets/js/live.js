// A page changes when the work changes: it asks for itself again now and then, and shows what has become of it.
// Nothing that somebody is typing is touched: a form is told that somebody was faster, and keeps every word.
import { Button, createAll } from "./govuk-frontend.min.js";

const ASKED_BY_A_PAGE = { "X-Putokaz-Live": "1" }; // keeps nobody signed in
const main = document.querySelector("main[data-live-every]");
const every = Number(main?.dataset.liveEvery);
let asking = false;

async function fresh() {
  const answer = await fetch(location.href, { headers: ASKED_BY_A_PAGE, redirect: "error", cache: "no-store" });
  if (!answer.ok && answer.status !== 409) return null; // 409: what the form is about cannot be done any more
  return new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main");
}

const seen = (within) => within?.querySelector('input[name="seen"]')?.value;
const busy = () =>
  document.activeElement?.closest("main input, main select, main textarea") || !getSelection().isCollapsed;

function tellForm(now) {
  const notice = document.querySelector("[data-live-changed]");
  if (notice && (seen(now) !== seen(main) || !now.querySelector("form#action"))) notice.hidden = false;
}

function swap(now) {
  const open = [...main.querySelectorAll("details")].map((details) => details.open);
  const focused = document.activeElement?.closest("main a[href]")?.getAttribute("href");
  const details = [...now.querySelectorAll("details")];
  if (details.length === open.length) details.forEach((each, n) => { each.open = open[n]; });
  main.replaceChildren(...now.childNodes);
  main.dataset.live = now.dataset.live;
  createAll(Button, {}, main);
  for (const element of main.querySelectorAll("[data-with-script]")) element.hidden = false;
  for (const select of main.querySelectorAll("[data-submit-on-change]")) {
    select.addEventListener("change", () => select.form.requestSubmit());
  }
  if (focused) [...main.querySelectorAll("a[href]")].find((a) => a.getAttribute("href") === focused)?.focus({ preventScroll: true });
  document.querySelector("[data-live-said]").textContent = document.querySelector("[data-live-said]").dataset.liveSaid;
}

async function look() {
  if (asking || document.visibilityState !== "visible") return;
  asking = true;
  try {
    const now = await fresh();
    if (now && main.querySelector("form#action")) tellForm(now);
    else if (now?.dataset.live && now.dataset.live !== main.dataset.live && !busy()) swap(now);
  } catch {
    // The network is away, or the session is over: the page stays as it is, and its next step says so in words.
  } finally {
    asking = false;
  }
}

if (every > 0) {
  setInterval(look, every);
  document.addEventListener("visibilitychange", look);
}
