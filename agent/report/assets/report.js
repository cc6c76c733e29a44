// The sound and all that leads into it: words, moments, quotes, the pace and keys.
"use strict";
(() => {
const LEAD_S = 0.05; // start a little before a word, so that its first sound is heard
const TAIL_S = 0.25; // and stop a little after a moment, so that its last one is not cut
const STEP_S = 5;
const byId = (id) => document.getElementById(id);
const all = (css) => [...document.querySelectorAll(css)];
// Every moment on the page is told in one way: data-s and data-e, in seconds.
const momentOf = (element) => ({
  element, start: Number(element.dataset.s), end: Number(element.dataset.e ?? Infinity),
});

const audio = byId("sound");
const other = byId("other"); // the interviewer, recorded on the same clock
const player = document.querySelector(".player");
const items = all(".answer .words [data-s]").map(momentOf).sort((a, b) => a.start - b.start);
const rows = all("svg.scrub").map((svg) => ({ ...momentOf(svg), head: svg.querySelector(".head") }));
let until = Infinity; // where the moment being played ends
let lit = null;
let chosen = null; // the button whose moment is being played
let frame = 0;
let sent = 0; // where the page put the sound; anything else is the person's own choice

const unfold = (element) => element?.querySelector("details")?.setAttribute("open", "");

function inView(element) {
  const box = element.getBoundingClientRect();
  return box.bottom > 0 && box.top < window.innerHeight - player.offsetHeight;
}

// The interviewer follows: its own clock may drift, and its sound ends earlier.
function follow() {
  if (!other || other.error) return;
  const apart = Math.abs(other.currentTime - audio.currentTime);
  const over = audio.currentTime >= (other.duration || 0);
  if (apart > (audio.paused ? 0.02 : 0.15) && !over && !other.seeking) other.currentTime = audio.currentTime;
  other.playbackRate = audio.playbackRate;
  if (audio.paused || over) other.pause();
  else if (other.paused) other.play().catch(() => {});
}

function light(element) {
  if (element === lit) return;
  const following = lit && !audio.paused && inView(lit);
  lit?.classList.remove("on");
  element?.classList.add("on");
  if (element && following && !inView(element)) element.scrollIntoView({ block: "center" });
  lit = element;
}

function choose(button) {
  chosen?.classList.remove("on");
  button?.classList.add("on");
  chosen = button;
}

function show() {
  const time = audio.currentTime;
  follow();
  if (time >= until) {
    audio.pause();
    until = Infinity;
    choose(null);
  }
  light(items.findLast((item) => item.start <= time + LEAD_S + 0.01)?.element ?? null);
  for (const { head, start, end } of rows) {
    const inside = time >= start && time < end;
    head.setAttribute("visibility", inside ? "visible" : "hidden");
    const x = `${(100 * (time - start)) / (end - start)}%`;
    if (inside) for (const name of ["x1", "x2"]) head.setAttribute(name, x);
  }
}

function run() {
  show();
  frame = audio.paused ? 0 : requestAnimationFrame(run);
}

function moveTo(time, end = Infinity, button = null) {
  until = end;
  choose(button);
  sent = Math.max(0, Math.min(time, (audio.duration || Infinity) - 0.05));
  audio.currentTime = sent;
  show();
}

const start = () => audio.play().catch(() => {}); // what went wrong is told by "error"
const flip = () => (audio.paused ? start() : audio.pause());

function playFrom(time, end, button) {
  moveTo(time - LEAD_S, end, button);
  start();
}

function playMoment(button) {
  if (button === chosen && !audio.paused) return audio.pause();
  const moment = momentOf(button);
  if (button.parentElement.matches(".answer > .kind")) unfold(button.closest(".answer"));
  playFrom(moment.start, moment.end + TAIL_S, button);
}

function clicked(event) {
  const button = event.target.closest("button.play");
  if (button) return playMoment(button);
  const word = event.target.closest(".answer .words [data-s]");
  if (word && document.getSelection().isCollapsed) return playFrom(momentOf(word).start);
  const row = event.target.closest("svg.scrub");
  if (!row) return;
  const [box, moment] = [row.getBoundingClientRect(), momentOf(row)];
  const share = Math.min(Math.max((event.clientX - box.left) / box.width, 0), 1);
  playFrom(moment.start + share * (moment.end - moment.start));
}

function pressed(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  const target = event.target;
  if (target.closest?.("audio, input, select, textarea")) return;
  if (event.key === " " && !target.closest?.("button, a, summary")) flip();
  else if (event.key === "ArrowLeft") moveTo(audio.currentTime - STEP_S);
  else if (event.key === "ArrowRight") moveTo(audio.currentTime + STEP_S);
  else return;
  event.preventDefault();
}

// #answer-2 shows what was said there.
function openAtHash() {
  if (/^#answer-\w+$/.test(location.hash)) unfold(byId(location.hash.slice(1)));
}

function startPlayer() {
  document.addEventListener("click", clicked);
  document.addEventListener("keydown", pressed);
  audio.addEventListener("play", () => {
    if (!frame) run();
  });
  audio.addEventListener("pause", () => {
    choose(null);
    show();
  });
  audio.addEventListener("seeking", () => {
    if (Math.abs(audio.currentTime - sent) > 0.5) until = Infinity;
  });
  for (const name of ["loadedmetadata", "seeked", "timeupdate"]) audio.addEventListener(name, show);
  audio.addEventListener("error", () => {
    byId("trouble").textContent =
      `The sound (${audio.dataset.name}) cannot be read; it must lie beside this page.`;
  });
}

if (audio) startPlayer();
window.addEventListener("hashchange", openAtHash);
openAtHash();
})();
