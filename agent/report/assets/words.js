// Clicks and keys: words, moments, quotes and drawings all lead into the one sound.
function rove(element, focus) {
  const box = element.closest(".words");
  for (const old of box.querySelectorAll("[tabindex]")) {
    old.removeAttribute("tabindex");
    old.removeAttribute("role");
  }
  element.tabIndex = 0;
  element.setAttribute("role", "button");
  if (focus) element.focus();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button.play, svg [data-s]");
  if (button) return playMoment(button);
  const word = event.target.closest(".answer .words [data-s]");
  if (word && document.getSelection().isCollapsed) {
    if (!word.hasAttribute("aria-hidden")) rove(word, false);
    return playFrom(Number(word.dataset.s));
  }
  const row = event.target.closest("a") ? null : event.target.closest("svg.scrub");
  if (row) {
    const box = row.getBoundingClientRect();
    const share = (event.clientX - box.left) / box.width;
    const [a, b] = [Number(row.dataset.a), Number(row.dataset.b)];
    playFrom(a + Math.min(Math.max(share, 0), 1) * (b - a));
  }
});

function wordKey(event, word) {
  const all = [...word.closest(".words").querySelectorAll("[data-s]:not([aria-hidden])")];
  const at = all.indexOf(word);
  const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key];
  if (next !== undefined) rove(all[Math.min(Math.max(next, 0), all.length - 1)], true);
  else if (event.key === "Enter" || event.key === " ") playFrom(Number(word.dataset.s));
  else return;
  event.preventDefault();
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  const target = event.target;
  const word = target.closest?.(".words [data-s]");
  if (word) return wordKey(event, word);
  if (target.closest?.("input, select, textarea")) return;
  if (event.key === " " && !target.closest?.("button, a, summary")) flip();
  else if (event.key === "ArrowLeft") moveTo(audio.currentTime - STEP_S);
  else if (event.key === "ArrowRight") moveTo(audio.currentTime + STEP_S);
  else return;
  event.preventDefault();
});
