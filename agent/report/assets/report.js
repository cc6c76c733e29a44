// Plays the evidence: words, moments, quotes and the timeline all lead into one audio element.
(() => {
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
  const rows = [...document.querySelectorAll(".live .row")].map((svg) => ({
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

  function playMoment(button) {
    if (button === moment && !audio.paused) audio.pause();
    else playFrom(Number(button.dataset.s), button.dataset.e ? Number(button.dataset.e) + TAIL_S : Infinity, button);
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button.play");
    if (button) return playMoment(button);
    const word = event.target.closest(".answer .words [data-s]");
    if (word && document.getSelection().isCollapsed) {
      if (!word.hasAttribute("aria-hidden")) rove(word, false);
      return playFrom(Number(word.dataset.s));
    }
    const row = event.target.closest("a") ? null : event.target.closest(".live .row");
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
})();
