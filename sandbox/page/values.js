/** A place on the map, or a card of an address book, read from what somebody wrote. */

const place = /^\s*(-?\d{1,2}(?:\.\d+)?)\s*[,，\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*$/;
const card = /^\s*(.*?)[,，\s]*(\+?\d[\d -]{1,}\d)\s*$/;

/** What is sent of "30.5, 114.3" as a location, of "王强 13800138000" as a contact; null when it cannot be read so. */
export function valuesIn(kind, words) {
  if (kind === "location") {
    const found = place.exec(words);
    return found && { latitude: Number(found[1]), longitude: Number(found[2]) };
  }
  const found = card.exec(words);
  return found && { name: found[1], phone_number: found[2] };
}
