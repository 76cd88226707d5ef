// Leaving quickly: the page is hidden at once, its entry in the history replaced, the session ended. Shift three times
// does it as well. Without this file the button is a link to the same.
import { ExitThisPage } from "./govuk-frontend.min.js";

export class Leave extends ExitThisPage {
  exitPage() {
    if (this.left) return;
    this.left = true;
    document.body.classList.add("govuk-exit-this-page-hide-content");
    const overlay = Object.assign(document.createElement("div"), { className: "govuk-exit-this-page-overlay" });
    overlay.setAttribute("role", "alert");
    overlay.textContent = this.$root.dataset["i18n.activated"];
    document.body.append(overlay);
    document.title = "…";
    // The end of the session is asked for beside: nobody waits here for an answer of ours.
    fetch("/leave", { keepalive: true, redirect: "manual", cache: "no-store" }).catch(() => {});
    location.replace(this.$button.dataset.to || this.$button.href);
  }

  // Shown again from the browser's memory, the page is asked for anew: which asks who is there.
  resetPage(event) {
    if (event.persisted) location.reload();
  }
}
