/** Pictures and sounds from the computer on which the page is looked at. */

const longestMilliseconds = 60000;
const kindsOfSound = ["audio/ogg;codecs=opus", "audio/webm;codecs=opus"];

/** A picture that is chosen; null when none is. */
export function pickPhoto() {
  const input = document.createElement("input");
  Object.assign(input, { type: "file", accept: "image/png,image/jpeg" });
  return new Promise((resolve) => {
    input.addEventListener("change", () => resolve(input.files[0] ?? null));
    input.addEventListener("cancel", () => resolve(null));
    input.click();
  });
}

/** Listen to the microphone; `stop()` ends it and gives what was heard. Throws when there is none, or it is not allowed. */
export async function record() {
  if (!navigator.mediaDevices) throw new Error("no microphone");
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const recorder = new MediaRecorder(stream, {
    mimeType: kindsOfSound.find((kind) => MediaRecorder.isTypeSupported(kind)),
  });
  const parts = [];
  recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
  const whole = new Promise((resolve) => recorder.addEventListener("stop", () => resolve(new Blob(parts))));
  const stop = () => {
    if (recorder.state !== "inactive") recorder.stop();
    for (const track of stream.getTracks()) track.stop();
    return whole;
  };
  recorder.start();
  // Nobody leaves the microphone on by closing a sheet.
  setTimeout(stop, longestMilliseconds);
  return { stop };
}

/** The bytes as the server reads them. */
export async function inBase64(blob) {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let binary = "";
  for (let start = 0; start < bytes.length; start += 0x8000)
    binary += String.fromCharCode(...bytes.subarray(start, start + 0x8000));
  return btoa(binary);
}
