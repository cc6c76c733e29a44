// Ties the player's controls to the sound, and opens the page at its #t= moment.
function openAtHash(scroll) {
  const found = /^#t=(\d+(?:\.\d+)?)$/.exec(location.hash);
  if (!found) return;
  moveTo(Number(found[1]));
  if (scroll) lit?.scrollIntoView({ block: "center" });
}

audio.addEventListener("play", () => {
  player.classList.add("playing");
  toggle.setAttribute("aria-label", "Pause");
  if (!frame) run();
});
audio.addEventListener("pause", () => {
  player.classList.remove("playing");
  toggle.setAttribute("aria-label", "Play");
  choose(null);
  show();
});
for (const name of ["seeked", "timeupdate"]) audio.addEventListener(name, show);
audio.addEventListener("loadedmetadata", () => {
  seek.max = total();
  byId("total").textContent = clock(total());
  show();
});
audio.addEventListener("error", () => {
  byId("trouble").textContent =
    `The sound (${audio.dataset.name}) cannot be read; it must lie beside this page.`;
});
toggle.addEventListener("click", flip);
byId("back").addEventListener("click", () => moveTo(audio.currentTime - STEP_S));
seek.addEventListener("input", () => moveTo(Number(seek.value)));
byId("speed").addEventListener("change", (event) => {
  audio.playbackRate = Number(event.target.value);
});
window.addEventListener("hashchange", () => openAtHash(true));

audio.controls = false;
document.querySelector(".controls").hidden = false;
for (const box of document.querySelectorAll(".answer .words")) {
  const first = box.querySelector("[data-s]:not([aria-hidden])");
  if (first) rove(first, false);
}
openAtHash(true);
