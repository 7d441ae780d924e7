/** What this browser remembers of the page between two visits: choices of the viewer, nothing of the world. */

/** The remembered value, or null. */
export const remembered = (key) => JSON.parse(localStorage.getItem(`linli.${key}`) ?? "null");

export const remember = (key, value) => localStorage.setItem(`linli.${key}`, JSON.stringify(value));
