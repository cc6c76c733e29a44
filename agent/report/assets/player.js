// The sound and all that follows it: the word being said, the line on the drawings, the clock.
"use strict";
const LEAD_S = 0.05; // start a little before a word, so that its first sound is heard
const TAIL_S = 0.25; // and stop a little after a moment, so that its last one is not cut
const STEP_S = 5;
const audio = document.getElementById("sound");
if (!audio) return;
const byId = (id) => document.getElementById(id);
const player = document.querySelector(".player");
const [toggle, seek, now] = [byId("toggle"), byId("seek"), byId("now")];
const items = [...document.querySelectorAll(".answer .words [data-s]")]
  .map((element) => ({ element, at: Number(element.dataset.s) }))
  .sort((a, b) => a.at - b.at);
const rows = [...document.querySelectorAll("svg.scrub")].map((svg) => ({
  svg, start: Number(svg.dataset.a), end: Number(svg.dataset.b), head: svg.querySelector(".head"),
}));
let until = Infinity; // where the moment being played ends
let lit = null;
let moment = null; // the play button whose moment is being played
let frame = 0;

const clock = (time) => {
  const whole = Math.floor(time);
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (n) => String(n).padStart(2, "0");
  return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
};

const total = () => (Number.isFinite(audio.duration) ? audio.duration : Number(seek.max));

function itemAt(time) {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (items[middle].at <= time + LEAD_S + 0.01) low = middle + 1;
    else high = middle;
  }
  return low ? items[low - 1].element : null;
}

const inView = (element) => {
  const box = element.getBoundingClientRect();
  return box.bottom > 0 && box.top < window.innerHeight - player.offsetHeight;
};

function light(element) {
  if (element === lit) return;
  const following = lit && !audio.paused && inView(lit);
  lit?.classList.remove("on");
  element?.classList.add("on");
  if (element && following && !inView(element)) element.scrollIntoView({ block: "center" });
  lit = element;
}

function choose(button) {
  moment?.classList.remove("on");
  button?.classList.add("on");
  moment = button;
}

function show() {
  const time = audio.currentTime;
  if (time >= until) {
    audio.pause();
    until = Infinity;
    choose(null);
  }
  now.textContent = clock(time);
  seek.value = time;
  seek.setAttribute("aria-valuetext", `${clock(time)} of ${clock(total())}`);
  light(itemAt(time));
  for (const row of rows) {
    const inside = time >= row.start && time < row.end;
    row.head.setAttribute("visibility", inside ? "visible" : "hidden");
    if (!inside) continue;
    const x = `${(100 * (time - row.start)) / (row.end - row.start)}%`;
    row.head.setAttribute("x1", x);
    row.head.setAttribute("x2", x);
  }
}

function run() {
  show();
  frame = audio.paused ? 0 : requestAnimationFrame(run);
}

function moveTo(time, end = Infinity, button = null) {
  until = end;
  choose(button);
  audio.currentTime = Math.min(Math.max(0, time), Math.max(0, total() - 0.05));
  show();
}

const start = () => audio.play().catch(() => {});

function playFrom(time, end, button) {
  moveTo(time - LEAD_S, end, button);
  start();
}

function flip() {
  if (audio.paused) start();
  else audio.pause();
}

function playMoment(button) {
  if (button === moment && !audio.paused) audio.pause();
  else playFrom(Number(button.dataset.s), button.dataset.e ? Number(button.dataset.e) + TAIL_S : Infinity, button);
}
