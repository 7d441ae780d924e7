/** What one person has had before their eyes, chat by chat: everything that stood there when the page was opened, and what was shown since. */

export class Reading {
  constructor(store, personId) {
    this.store = store;
    this.personId = personId;
    this.last = new Map();
    store.chatsOf(personId).forEach((chat) => this.mark(chat.id));
  }

  /** All of this chat has been seen. */
  mark(chatId) {
    this.last.set(chatId, this.store.messages(chatId, this.personId).at(-1)?.id ?? 0);
  }

  /** How many messages of others wait in this chat. */
  unread(chatId) {
    const last = this.last.get(chatId) ?? 0;
    const isNew = (message) => message.id > last && message.from !== this.personId;
    return this.store.messages(chatId, this.personId).filter(isNew).length;
  }

  /** How many wait in all chats together. */
  unreadAnywhere() {
    return this.store.chatsOf(this.personId).reduce((sum, chat) => sum + this.unread(chat.id), 0);
  }
}
