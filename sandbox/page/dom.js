/** Elements made by hand: a person's words only ever become text nodes, never markup. */

const drawings = "http://www.w3.org/2000/svg";

const shapes = {
  house: "M3 11.5 12 4l9 7.5M5.5 10v9.5h13V10M10 19.5v-5h4v5",
  send: "M4 12 20 4.5 15.5 20l-3.5-6.5z M12 13.5 20 4.5",
  clip: "M19 11.5 12 18.5a4.6 4.6 0 0 1-6.5-6.5l7.5-7.5a3 3 0 0 1 4.3 4.3l-7.4 7.4a1.4 1.4 0 0 1-2-2l6.6-6.6",
  slash:
    "M14.5 6 9.5 18M4.5 3.5h15a1.5 1.5 0 0 1 1.5 1.5v14a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 19V5a1.5 1.5 0 0 1 1.5-1.5z",
  keys: "M3 6.5h18v11H3zM6.5 10h.01M10 10h.01M14 10h.01M17.5 10h.01M8 14h8",
  more: "M12 5.5h.01M12 12h.01M12 18.5h.01",
  close: "M6 6l12 12M18 6 6 18",
  check: "M5 12.5 10 17.5 19.5 7",
  down: "M12 5v13M6 12.5 12 18.5 18 12.5",
  reply: "M10 6 4 12l6 6M4 12h10a6 6 0 0 1 6 6",
  pencil: "M4 20l1-4L16.5 4.5l3 3L8 19z",
  copy: "M9 9h10v11H9zM5 15V4h10",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  clock: "M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17M12 7.5V12l3.2 2",
  cloud:
    "M7 16a3.8 3.8 0 0 1-.4-7.6 5.5 5.5 0 0 1 10.6-.6A4.2 4.2 0 0 1 17.500 16M13.200 11.500l-3 4.700h4l-2.500 4.800",
  plus: "M12 5v14M5 12h14",
  people:
    "M8.5 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6M3 19c0-3 2.4-5 5.5-5s5.5 2 5.5 5M16 11a2.6 2.6 0 1 0-1.2-5M16.5 14.2c2.6.3 4.5 2.1 4.5 4.8",
  link: "M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3A4 4 0 0 0 11 18.7l1-1",
  out: "M10 6H5v13h13v-5M13.5 4.5H19.5V10.5M19 5l-8 8",
  sliders: "M4 7h9M17 7h3M4 17h3M11 17h9M15 5v4M9 15v4",
  stop: "M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17M6 6l12 12",
  globe: "M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17M3.5 12h17M12 3.5c5 5 5 12 0 17M12 3.5c-5 5-5 12 0 17",
  tray: "M4 13l2.5-8h11L20 13v6H4zM4 13h5l1 2.5h4l1-2.5h5",
  sticker: "M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17M8.5 10h.01M15.5 10h.01M8 14c2 2.7 6 2.7 8 0",
  photo: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.5 9h.01",
  album: "M7 7h13v12H7zM4 16V4h13M7 17l4-4 3 3 2.5-2.5L20 17",
  voice:
    "M12 3.5a2.7 2.7 0 0 1 2.7 2.7v5.1a2.7 2.7 0 0 1-5.4 0V6.2A2.7 2.7 0 0 1 12 3.5M6 11.5a6 6 0 0 0 12 0M12 17.5v3",
  poll: "M5 20v-7h3v7M10.5 20V5h3v15M16 20V9.500h3V20",
  location:
    "M12 21c-4-4.500-6.500-7.600-6.500-11a6.500 6.500 0 0 1 13 0c0 3.400-2.500 6.500-6.500 11M12 12.300a2.300 2.300 0 1 0 0-4.600 2.300 2.300 0 0 0 0 4.600",
  contact:
    "M4 5h16v14H4zM9 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4M6 16c.3-1.700 1.500-2.600 3-2.600s2.700.9 3 2.600M14.500 10H18M14.500 14H18",
  document: "M6 3.500h8l4 4V20.500H6zM14 3.500v4h4",
};

/** An element with its attributes (`testid` is data-testid), listeners (`onClick`) and children; false and null are left out. */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) put(element, name, value);
  element.append(
    ...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false),
  );
  return element;
}

function put(element, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name.startsWith("on")) element.addEventListener(name.slice(2).toLowerCase(), value);
  else if (name === "value" || name === "checked") element[name] = value;
  else if (name === "testid") element.dataset.testid = value;
  else element.setAttribute(name, value === true ? "" : String(value));
}

/** A drawing beside words; screen readers pass it over. */
export function icon(name) {
  const drawing = document.createElementNS(drawings, "svg");
  const path = document.createElementNS(drawings, "path");
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("class", `icon icon-${name}`);
  drawing.setAttribute("aria-hidden", "true");
  path.setAttribute("d", shapes[name] ?? shapes.document);
  drawing.append(path);
  return drawing;
}

/** A button that shows only a drawing; its label is heard and shown as a tooltip. */
export function iconButton(shape, label, attributes = {}) {
  return el(
    "button",
    { type: "button", class: "icon-button", "aria-label": label, title: label, ...attributes },
    icon(shape),
  );
}

/** A round picture with a letter of the name (of a Chinese one the last), in a colour that stays with the person. */
export function avatar(name, id) {
  const letters = Array.from((name ?? "").trim());
  const letter = (languageOf(name) === "zh-CN" ? letters.at(-1) : letters[0]?.toUpperCase()) ?? "·";
  return el("span", { class: `avatar hue-${Math.abs(Number(id)) % 7}`, "aria-hidden": "true" }, letter);
}

/** The language a text is written in, for fonts and for a screen reader's voice. */
export function languageOf(text) {
  if (/[\u3400-\u9fff]/.test(text ?? "")) return "zh-CN";
  return /[A-Za-z]{2}/.test(text ?? "") ? "en" : null;
}

/** Make the children exactly these nodes, in this order, moving only what is out of place. */
export function arrange(parent, nodes) {
  nodes.forEach((node, place) => {
    if (parent.children[place] !== node) parent.insertBefore(node, parent.children[place] ?? null);
  });
  while (parent.children.length > nodes.length) parent.lastElementChild.remove();
}
