// Tells the server that a page is open: it ends when none has been for a minute.
let source = new EventSource("/alive");
addEventListener("pagehide", () => source.close());
addEventListener("pageshow", (event) => {
  if (event.persisted) source = new EventSource("/alive");
});
