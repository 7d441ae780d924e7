/** The line to the server: events as they happen; a line that breaks is opened again and the state read anew. */

const retryAfterMilliseconds = 1500;

/** Keep `store` alive by the server's events until the page is closed. */
export function follow(store) {
  const source = new EventSource("/api/events");
  source.addEventListener("message", (event) => {
    store.connection(true);
    store.apply(JSON.parse(event.data));
  });
  source.addEventListener("open", () => store.connection(true));
  source.addEventListener("error", () => {
    store.connection(false);
    if (source.readyState !== EventSource.CLOSED) return;
    setTimeout(() => follow(store), retryAfterMilliseconds);
  });
}
