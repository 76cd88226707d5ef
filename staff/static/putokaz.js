// What pages do where scripts run. Each page works without this file.
import { Button, ErrorSummary, SkipLink, createAll } from "./govuk-frontend.min.js";
import { Leave } from "./leave.js";
import "./live.js";
import "./drafts.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
createAll(Button);
createAll(ErrorSummary);
createAll(SkipLink);
const leave = document.querySelector("[data-leave]");
if (leave) new Leave(leave);

// Filters and the person act when something is chosen; without scripts there is a button.
for (const select of document.querySelectorAll("[data-submit-on-change]")) {
  select.addEventListener("change", () => select.form.requestSubmit());
}

for (const element of document.querySelectorAll("[data-with-script]")) element.hidden = false;

// Fields that matter only for some outcomes are hidden for the others. What is hidden keeps what was typed.
const dependent = document.querySelectorAll("[data-shown-for]");
if (dependent.length) {
  const form = dependent[0].closest("form");
  const show = () => {
    const chosen = form.querySelector('input[name="outcome"]:checked')?.value;
    for (const field of dependent) field.hidden = !field.dataset.shownFor.split(" ").includes(chosen);
  };
  form.addEventListener("change", show);
  show();
}

// Without a network nothing is sent: the page stays with every word and says so. Sent again, it is the same command.
document.addEventListener("submit", (event) => {
  const lost = document.querySelector("[data-lost]");
  if (navigator.onLine || !lost || event.target.method !== "post" || "tap" in event.target.dataset) return;
  event.preventDefault();
  event.stopPropagation();
  (event.submitter ?? event.target).before(lost);
  lost.hidden = false;
}, true);
window.addEventListener("online", () => { document.querySelector("[data-lost]")?.setAttribute("hidden", ""); });

// Leaving a form that was typed into asks first; saving does not.
const guarded = document.querySelector("[data-guard-typing]");
if (guarded) {
  let typed = false;
  const leaves = () => document.body.classList.contains("govuk-exit-this-page-hide-content");
  const warn = (event) => { if (typed && !leaves()) event.preventDefault(); };
  guarded.addEventListener("input", () => { typed = true; });
  guarded.addEventListener("submit", () => { typed = false; });
  window.addEventListener("beforeunload", warn);
}

// What became of a command is read out and seen at once.
document.querySelector("[data-focus-once]")?.focus({ preventScroll: true });
