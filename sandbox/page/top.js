/** The top of the page: the name, what this is and what to try first, and the button that opens the strip on a narrow screen. */

import { el, icon, iconButton } from "./dom.js";
import { remember, remembered } from "./memory.js";
import { hourAndMinute } from "./times.js";
import { t } from "./words.js";

export class Top {
  constructor(page) {
    this.page = page;
    this.open = false;
    const brand = el("h1", { class: "brand" }, icon("house"), t("brand"));
    this.time = el("span", { class: "toggle-time" });
    const attributes = {
      type: "button",
      class: "soft controls-toggle",
      "aria-controls": "controls",
      testid: "controls-toggle",
    };
    this.toggle = el(
      "button",
      { ...attributes, onClick: () => this.openControls(!this.open) },
      icon("sliders"),
      this.time,
    );
    this.element = el(
      "header",
      { class: "top" },
      brand,
      this.toggle,
      page.controls.element,
      page.people.element,
      this.welcome(),
    );
    this.show(false);
  }

  /** What this is and what to try first; on a narrow screen it can be put away. */
  welcome() {
    const close = iconButton("close", t("close"), { testid: "welcome-close" });
    const words = el("div", {}, el("strong", {}, t("welcomeWhat")), " ", el("span", {}, t("welcomeTry")));
    const element = el(
      "div",
      { class: `welcome ${remembered("welcomed") ? "read" : ""}`, testid: "welcome" },
      words,
      close,
    );
    close.addEventListener("click", () => {
      remember("welcomed", true);
      element.classList.add("read");
    });
    return element;
  }

  /** On a narrow screen the strip is one button; open, it lies over the phones. */
  openControls(open) {
    this.show(open);
    this.page.row.inert = open && matchMedia("(max-width: 719px)").matches;
    const first = this.page.controls.element.querySelector(".of-clock button:not([disabled]), .of-network button");
    (open ? first : this.toggle).focus({ preventScroll: true });
  }

  show(open) {
    this.open = open;
    document.body.classList.toggle("controls-open", open);
    this.toggle.setAttribute("aria-expanded", String(open));
  }

  /** Escape closes the strip, unless a window lies over it. */
  key(event) {
    if (event.key === "Escape" && this.open && !document.querySelector("dialog[open]")) this.openControls(false);
  }

  /** The narrow screen's button says what time it is for the program. */
  showTime(now) {
    const time = hourAndMinute(now);
    this.time.textContent = time;
    this.toggle.setAttribute("aria-label", t("controlsNow", { time }));
  }
}
