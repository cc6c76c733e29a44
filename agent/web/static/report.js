// On the report that the local server shows: try an answer again, correct its words.
import "./alive.js";
import { ask, trying } from "./ask.js";

const session = decodeURIComponent(location.pathname.split("/")[2] ?? "");
const make = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};
const main = document.querySelector("main");
const home = make("p", { className: "small served" }, make("a", { href: "/", textContent: "All briefs and sessions" }));
main.prepend(home);
for (const code of main.querySelectorAll("code")) { // the terminal's way; here is a button
  if (code.textContent.startsWith("rehearse transcript")) code.replaceWith("press “Correct the words”");
}

async function correct(card, name, button) {
  const { text } = await ask(`/api/words/${encodeURIComponent(session)}?answer=${name}`);
  const area = make("textarea", { rows: 6, value: text, id: `words-${name}` });
  const form = make("form", { className: "correct" },
    make("label", { htmlFor: area.id, className: "small", textContent: "Write what you really said; then the answer is scored again." }),
    area, make("p", {}, make("button", { className: "play", textContent: "Score again" })),
    make("p", { className: "flag trouble" }));
  form.querySelector(".trouble").setAttribute("role", "alert");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    trying(form, async () => {
      await ask(`/api/words/${encodeURIComponent(session)}`, { text: area.value, answer: name });
      location.hash = card.id;
      location.reload();
    });
  });
  card.append(form);
  button.hidden = true;
  area.focus();
}

for (const card of main.querySelectorAll(".answer.card")) {
  const name = card.id.replace("answer-", "");
  card.querySelector(".again")?.remove();
  const row = make("p", { className: "proof" });
  if (!card.classList.contains("recording")) {
    row.append(make("a", {
      href: `/again/${encodeURIComponent(session)}/${name}`, className: "play", textContent: "Try this answer again",
    }));
  }
  const button = make("button", { type: "button", className: "small", textContent: "Correct the words" });
  button.addEventListener("click", () => correct(card, name, button).catch((error) => { button.textContent = error.message; }));
  row.append(button);
  card.append(row);
}
