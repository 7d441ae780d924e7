/** What the phones and the control strip ask of the server. Every call answers or throws a `Refused`. */

export class Refused extends Error {}

async function ask(method, path, body) {
  const request = { method, headers: body ? { "Content-Type": "application/json" } : {} };
  if (body) request.body = JSON.stringify(body);
  const response = await fetch(path, request);
  const answer = await response.json().catch(() => ({ ok: false, error: String(response.status) }));
  if (!response.ok || answer.ok === false) throw new Refused(answer.error ?? String(response.status));
  return answer;
}

const post = (path, body) => ask("POST", path, body);
const person = (id, verb) => `/api/people/${id}/${verb}`;
const group = (id, verb) => `/api/groups/${id}/${verb}`;

export const api = {
  addPerson: (name, language) => post("/api/people", { name, language }),
  send: (id, chatId, text, replyTo, topic) =>
    post(person(id, "send"), { chat_id: chatId, text, reply_to: replyTo ?? null, topic: topic ?? null }),
  edit: (id, chatId, messageId, text) => post(person(id, "edit"), { chat_id: chatId, message_id: messageId, text }),
  media: (id, chatId, kind, more) => post(person(id, "media"), { chat_id: chatId, kind, ...more }),
  press: (id, chatId, messageId, row, column) =>
    post(person(id, "press"), { chat_id: chatId, message_id: messageId, row, column }),
  open: (id, link, groupId) => post(person(id, "open"), groupId ? { link, chat_id: groupId } : { link }),
  block: (id, blocked) => post(person(id, "block"), { blocked }),
  language: (id, language) => post(person(id, "language"), { language }),
  commands: (id, chatId) => ask("GET", `${person(id, "commands")}?chat_id=${chatId}`),
  addGroup: (title, memberIds, type) => post("/api/groups", { title, member_ids: memberIds, type }),
  addMember: (id, personId) => post(group(id, "members"), { person_id: personId }),
  groupBot: (id, personId, present) => post(group(id, "bot"), { person_id: personId, present }),
  promote: (id, personId, topics = false) => post(group(id, "promote"), { person_id: personId, topics }),
  addTopic: (id, name) => post(group(id, "topics"), { name }),
  anonymous: (id, personId, on) => post(group(id, "anonymous"), { person_id: personId, on }),
  upgrade: (id) => post(group(id, "upgrade"), {}),
  clock: (move) => post("/api/clock", move),
  addFault: (fault) => post("/api/faults", fault),
  removeFault: (id) => ask("DELETE", `/api/faults/${id}`),
  limits: (on) => post("/api/limits", { on }),
};
