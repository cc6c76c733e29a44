// The first page: bring a brief, make one, fetch models, delete a session.
import { ask, inBase64, trying } from "./ask.js";

const byId = (id) => document.getElementById(id);
const [bring, text] = [byId("bring"), byId("text")];
let name = "";

async function keep(words, from = "") {
  const { url } = await ask("/api/save", { text: words, name: from });
  location.href = url;
}

async function take(file) {
  if (file.size > 1e6) throw new Error(`${file.name} is larger than 1 MB; a brief is a few pages of text.`);
  [text.value, name] = [await file.text(), file.name];
  await keep(text.value, name);
}

bring.addEventListener("submit", (event) => {
  event.preventDefault();
  trying(bring, async () => {
    if (!text.value.trim()) throw new Error("Paste your notes first, or choose a file.");
    await keep(text.value, name);
  });
});
byId("file").addEventListener("change", ({ target }) => {
  if (target.files[0]) trying(bring, () => take(target.files[0]));
  target.value = "";
});
for (const kind of ["dragover", "dragleave", "drop"]) {
  bring.addEventListener(kind, (event) => {
    event.preventDefault();
    bring.classList.toggle("over", kind === "dragover");
    const file = event.dataTransfer?.files[0];
    if (kind === "drop" && file) trying(bring, () => take(file));
  });
}

const make = byId("make");
make.addEventListener("submit", (event) => {
  event.preventDefault();
  trying(make, async () => {
    const [posting, resume] = [make.posting.files[0], make.resume.files[0]];
    const made = await ask("/api/write", {
      posting: await inBase64(posting), posting_name: posting.name,
      resume: await inBase64(resume), resume_name: resume.name,
    });
    await keep(made.text);
  });
});

for (const button of document.querySelectorAll(".finish")) {
  button.addEventListener("click", async () => {
    const name = encodeURIComponent(button.dataset.name);
    [button.disabled, button.textContent] = [true, "Listening …"];
    try {
      await ask(`/api/finish/${name}`, { text: "" });
      location.href = `/session/${name}/`;
    } catch (error) {
      button.closest("li").querySelector(".small").textContent = error.message;
      [button.disabled, button.textContent] = [false, "Finish the report"];
    }
  });
}

const dialog = byId("ask");
for (const button of document.querySelectorAll(".delete")) {
  button.addEventListener("click", () => {
    const row = button.closest("li");
    dialog.querySelector(".what").textContent = button.ariaLabel.replace("Delete the session ", "");
    dialog.returnValue = "no";
    dialog.showModal();
    dialog.onclose = async () => {
      button.focus();
      if (dialog.returnValue !== "yes") return;
      try {
        await ask(`/api/delete/${encodeURIComponent(button.dataset.name)}`, { text: "" });
        row.remove();
        byId("h-done").focus?.();
      } catch (error) {
        row.querySelector(".small").textContent = error.message;
      }
    };
  });
}

const models = byId("models");
async function look() {
  const now = await ask("/api/models");
  const [line, bar, button] = ["p", "progress", "button"].map((one) => models.querySelector(one));
  models.hidden = !now.missing.length;
  const size = `${Math.round(now.size_bytes / 1e6)} MB`;
  line.textContent = now.fetching
    ? `Fetching ${now.missing.join(", ")}: ${Math.round(now.done_bytes / 1e6)} of ${size}.`
    : now.error || (now.needed
      ? `Before the first interview, the models that hear and speak must be fetched (${size}). This is the only time that Rehearse goes online.`
      : `With more models (${size}), Rehearse tells better when you have finished and what you got across.`);
  bar.hidden = !now.fetching;
  if (now.size_bytes) bar.value = now.done_bytes / now.size_bytes;
  button.hidden = now.fetching;
  if (now.fetching) setTimeout(look, 700);
}
models.querySelector("button").addEventListener("click", async () => {
  await ask("/api/models", { text: "" });
  look();
});
look().catch(() => {});
