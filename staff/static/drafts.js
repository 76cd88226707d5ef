// Drafts of long forms, and the big buttons of missions. Each works without this file.

// A form with a draft is kept three seconds after the last letter, and when the page is left.
const drafted = document.querySelector("form[data-draft]");
if (drafted) {
  const said = drafted.querySelector("[data-draft-state]");
  let timer, typed = false;
  const keep = async () => {
    clearTimeout(timer);
    if (!typed) return;
    typed = false;
    drafted.elements.drafted.value = "1";
    const body = new URLSearchParams(new FormData(drafted));
    body.set("quiet", "1");
    try {
      const answer = await fetch("/drafts", { method: "POST", body, keepalive: true });
      if (!answer.ok) throw new Error(answer.statusText);
      said.textContent = await answer.text();
      drafted.dispatchEvent(new CustomEvent("kept"));
    } catch {
      typed = true; // with the next letter, or when the page is left
    }
  };
  drafted.addEventListener("input", () => { typed = true; clearTimeout(timer); timer = setTimeout(keep, 3000); });
  drafted.addEventListener("submit", () => { typed = false; clearTimeout(timer); });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") keep(); });
}

// A tap without a network stays on the page with its id, says so, and may be pressed again: it is the same command.
for (const form of document.querySelectorAll("form[data-tap]")) {
  const button = form.querySelector("button"), lost = form.querySelector("[role=alert]");
  let under_way = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (under_way) return;
    under_way = true;
    button.setAttribute("aria-busy", "true");
    lost.hidden = true;
    try {
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
      if (answer.redirected && answer.ok) location.assign(answer.url);
      else form.submit(); // why not is a page of its own, and asking again gives the same answer
    } catch {
      lost.hidden = false;
      under_way = false;
    }
    button.removeAttribute("aria-busy");
  });
}
