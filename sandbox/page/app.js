/** The page: puts the parts together and keeps them in step with the world. */

import { Controls } from "./controls.js";
import { arrange, el, icon } from "./dom.js";
import { faultsPanel } from "./faults.js";
import { groupsPanel } from "./groups.js";
import { addPanel, linksPanel } from "./joining.js";
import { follow } from "./live.js";
import { remember, remembered } from "./memory.js";
import { PeopleBar } from "./people.js";
import { Phone } from "./phone.js";
import { Store } from "./store.js";
import { showTimesIn } from "./times.js";
import { Top } from "./top.js";
import { language, setLanguage, t } from "./words.js";

const noticeMilliseconds = 6000;

class Page {
  constructor(store) {
    this.store = store;
    this.active = remembered("active");
    this.away = new Set(remembered("away") ?? []);
    this.sight = new IntersectionObserver((entries) => this.seen(entries), { threshold: 0.5 });
    store.watch(() => this.sync());
    store.listen((event) => this.hear(event));
    document.addEventListener("visibilitychange", () => store.changed());
    document.addEventListener("keydown", (event) => this.top.key(event));
    this.build();
  }

  /** Everything that has words; called again when the page's language changes. */
  build() {
    const before = this.phones;
    this.controls?.stop();
    this.phones = new Map();
    this.sight.disconnect();
    document.documentElement.lang = language();
    document.title = t("pageTitle");
    this.people = new PeopleBar(this);
    this.controls = new Controls(this);
    this.top = new Top(this);
    this.panels = {
      add: addPanel(this),
      links: linksPanel(this),
      groups: groupsPanel(this),
      faults: faultsPanel(this),
    };
    this.notices = el("div", { class: "notices", role: "status", "aria-live": "polite" });
    this.spoken = el("div", { class: "heard", role: "log", "aria-live": "polite", testid: "announcer" });
    this.offline = el("p", { class: "offline", role: "alert", hidden: true }, t("offline"));
    this.row = el("main", { class: "phones", id: "phones", "aria-label": t("phones") });
    const dialogs = Object.values(this.panels).map((panel) => panel.dialog);
    document.body.replaceChildren(
      this.skipLink(),
      this.top.element,
      this.row,
      this.offline,
      this.notices,
      this.spoken,
      ...dialogs,
    );
    before?.forEach((phone, id) => this.takeOver(phone, id));
  }

  /** The same phone in the other language: its open chat, what was read and what was being written stay. */
  takeOver(before, id) {
    const phone = new Phone(this, id);
    phone.resume(before);
    this.phones.set(id, phone);
    this.sight.observe(phone.element);
  }

  /** The page's words in another language. */
  speakIn(name) {
    const { open } = this.top;
    setLanguage(name);
    this.build();
    this.active = this.inOrder().find(({ id }) => !this.away.has(id))?.id ?? this.active;
    this.sync();
    this.row.scrollLeft = 0;
    if (open) this.top.openControls(true);
    document.querySelector("[data-testid=page-language]").focus();
  }

  skipLink() {
    return el(
      "a",
      {
        class: "skip",
        href: "#phones",
        onClick: () => this.row.querySelector(".phone textarea, .phone button")?.focus(),
      },
      t("skip"),
    );
  }

  phone(id) {
    return this.phones.get(id);
  }

  sync() {
    if (!this.store.ready) return;
    showTimesIn(this.store.state.clock.timezone);
    const people = this.inOrder();
    if (!people.some((person) => person.id === this.active)) this.active = people[0]?.id ?? null;
    this.makePhones(people);
    this.phones.forEach((phone, id) => this.show(phone, id));
    this.people.sync();
    this.controls.sync();
    Object.values(this.panels).forEach((panel) => panel.refresh());
    this.offline.hidden = this.store.connected;
    this.greet();
  }

  /** Whoever comes for the first time finds the cursor where they can begin: on the first phone. */
  greet() {
    if (this.greeted) return;
    this.greeted = true;
    const isNew = remembered("active") === null;
    if (isNew && matchMedia("(hover: hover)").matches) this.phones.get(this.active)?.focusBack();
  }

  /** Everybody: first those whose telephone speaks the page's language, so that a visitor can read what stands in front. */
  inOrder() {
    const spoken = language().slice(0, 2);
    const foreign = (person) => (person.language?.startsWith(spoken) ? 0 : 1);
    return this.store.state.people.toSorted((one, other) => foreign(one) - foreign(other));
  }

  makePhones(people) {
    for (const [id] of this.phones) if (!people.some((person) => person.id === id)) this.phones.delete(id);
    for (const { id } of people) {
      if (this.phones.has(id)) continue;
      const phone = new Phone(this, id);
      this.phones.set(id, phone);
      this.sight.observe(phone.element);
    }
    const elements = people.map(({ id }) => this.phones.get(id).element);
    arrange(this.row, elements.length ? elements : [this.nobody()]);
  }

  nobody() {
    return el(
      "div",
      { class: "nobody" },
      icon("house"),
      el("p", {}, t("nobody")),
      el("button", { type: "button", class: "primary", onClick: () => this.showAdd() }, t("addPhone")),
    );
  }

  show(phone, id) {
    phone.element.classList.toggle("active", id === this.active);
    phone.element.hidden = this.isAway(id);
    phone.sync();
  }

  seen(entries) {
    for (const entry of entries) {
      const phone = this.phones.get(Number(entry.target.dataset.person));
      if (phone) phone.onScreen = entry.isIntersecting;
    }
    this.store.changed();
  }

  /** This phone is the one in use now. */
  use(id) {
    if (this.active === id) return;
    this.active = id;
    remember("active", id);
    this.store.changed();
  }

  /** Bring a phone before the eyes, ready for typing. */
  goTo(id) {
    this.away.delete(id);
    remember("away", [...this.away]);
    this.use(id);
    this.sync();
    const phone = this.phones.get(id);
    if (!phone) return;
    phone.element.scrollIntoView({ inline: "center", block: "nearest" });
    phone.log.toBottom();
    if (matchMedia("(hover: hover)").matches) phone.focusBack();
    this.people.reveal();
  }

  /** Go to a phone that was only just added, once the events have brought it. */
  whenThere(id, run) {
    const phone = this.phones.get(id);
    if (!phone) return setTimeout(() => this.whenThere(id, run), 50);
    this.goTo(id);
    run(phone);
  }

  isAway(id) {
    return this.away.has(id);
  }

  putAway(id) {
    this.away.add(id);
    remember("away", [...this.away]);
    const next = this.store.state.people.find((person) => !this.away.has(person.id));
    if (next) this.active = next.id;
    this.sync();
    this.notice(t("awayNotice", { name: this.store.person(id).name }));
  }

  hear(event) {
    if (event.type === "toast") this.phones.get(event.person_id)?.hear(event);
    if (event.type !== "message") return;
    const { message } = event;
    const listener = [...this.phones.values()].find(
      (phone) => message.from !== phone.id && this.store.chatsOf(phone.id).some((chat) => chat.id === message.chat_id),
    );
    if (listener) this.speak(listener.spoken(message));
  }

  speak(words) {
    this.spoken.append(el("p", {}, words));
    while (this.spoken.children.length > 12) this.spoken.firstElementChild.remove();
  }

  notice(words) {
    const note = el("p", { class: "notice", testid: "notice" }, words);
    this.notices.replaceChildren(note);
    setTimeout(() => note.remove(), noticeMilliseconds);
  }

  /** Do it and say so; if the server refuses, say that. The answer, or null. */
  async attempt(work, done, panel) {
    const say = (words) => (panel?.dialog.open ? panel.say(words) : this.notice(words));
    try {
      const answer = await work();
      if (done) say(done);
      return answer ?? {};
    } catch (error) {
      console.warn(error.message);
      say(t("refused"));
      return null;
    }
  }

  showAdd() {
    this.panels.add.open(t("addPhone"));
  }

  showLinks(personId = null) {
    this.panels.links.personId = personId;
    this.panels.links.open(t("linksTitle"));
  }

  showGroups() {
    this.panels.groups.open(t("groupsTitle"));
  }

  showFaults() {
    this.panels.faults.open(t("faultsTitle"));
  }
}

const store = new Store();
new Page(store);
follow(store);
