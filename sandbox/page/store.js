/** The world as the page knows it: one state, changed only by what the server tells, watched by the views. */

const emptyState = () => ({
  bot: { id: 0, username: "", name: "" },
  clock: { now: Date.now() / 1000, offset: 0, can_move: false },
  limits: false,
  faults: [],
  people: [],
  chats: [],
  messages: {},
  keyboards: {},
  links: [],
});

const keyboardKey = (chatId, personId) => `${chatId}:${personId}`;

export class Store {
  constructor() {
    this.state = emptyState();
    this.ready = false;
    this.connected = true;
    this.clockReadAt = performance.now();
    this.watchers = new Set();
    this.listeners = new Set();
    this.waiting = false;
  }

  /** Call `watcher()` soon after anything changed; several changes are one call. */
  watch(watcher) {
    this.watchers.add(watcher);
  }

  /** Call `listener(event)` for each event, at once. */
  listen(listener) {
    this.listeners.add(listener);
  }

  changed() {
    if (this.waiting) return;
    this.waiting = true;
    setTimeout(() => {
      this.waiting = false;
      this.watchers.forEach((watcher) => watcher());
    }, 0);
  }

  connection(connected) {
    if (this.connected === connected) return;
    this.connected = connected;
    this.changed();
  }

  apply(event) {
    changes[event.type]?.(this, event);
    this.listeners.forEach((listener) => listener(event));
    this.changed();
  }

  person(id) {
    return this.state.people.find((person) => person.id === id);
  }

  chat(id) {
    return this.state.chats.find((chat) => chat.id === id);
  }

  /** The groups a person is in, behind their private chat with the bot (whose id is the person's). */
  chatsOf(personId) {
    const groups = this.state.chats.filter((chat) => chat.type !== "private" && chat.member_ids.includes(personId));
    return [{ id: personId, type: "private", title: this.state.bot.name, member_ids: [personId] }, ...groups];
  }

  messages(chatId, personId) {
    const all = this.state.messages[chatId] ?? [];
    return all.filter((message) => !message.only_for || message.only_for === personId);
  }

  message(chatId, messageId) {
    return (this.state.messages[chatId] ?? []).find((message) => message.id === messageId);
  }

  keyboard(chatId, personId) {
    return this.state.keyboards[keyboardKey(chatId, personId)] ?? [];
  }

  /** The program's present instant, in epoch seconds. */
  now() {
    return this.state.clock.now + (performance.now() - this.clockReadAt) / 1000;
  }
}

function putMessage(store, message) {
  const list = store.state.messages[message.chat_id] ?? [];
  const others = list.filter((known) => known.id !== message.id);
  others.push(message);
  store.state.messages[message.chat_id] = others.sort((one, other) => one.id - other.id);
}

function readClock(store, clock) {
  store.state.clock = { ...store.state.clock, ...clock };
  store.clockReadAt = performance.now();
}

const changes = {
  state(store, event) {
    store.state = { ...emptyState(), ...(event.state ?? event) };
    store.ready = true;
    readClock(store, store.state.clock);
  },
  message: (store, event) => putMessage(store, event.message),
  edited: (store, event) => putMessage(store, event.message),
  deleted(store, event) {
    const list = store.state.messages[event.chat_id] ?? [];
    store.state.messages[event.chat_id] = list.filter((message) => message.id !== event.id);
  },
  keyboard(store, event) {
    store.state.keyboards[keyboardKey(event.chat_id, event.person_id)] = event.rows ?? [];
  },
  people: (store, event) => (store.state.people = event.people),
  chats: (store, event) => (store.state.chats = event.chats),
  clock: (store, event) => readClock(store, event.clock),
  links: (store, event) => (store.state.links = event.links),
  faults(store, event) {
    store.state.faults = event.faults ?? store.state.faults;
    store.state.limits = event.limits ?? store.state.limits;
  },
};
