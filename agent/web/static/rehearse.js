// One interview: the brief and the sound check, then the interview over one WebSocket.
import { ask, trying } from "./ask.js";
import { Sound, levelOf } from "./sound.js";

const byId = (id) => document.getElementById(id);
const [prepare, stage, ring, notice] = ["prepare", "stage", "ring", "notice"].map(byId);
const sound = new Sound({ onChunk: heard, onLost: lost });
let socket; // open as long as the page is
let [state, paused, sending, tries] = ["idle", false, false, 0];
let broken = false; // the microphone must be opened anew
let listen = () => {}; // what the sound check does with a level
let shownLevel = 0;

const tell = (message) => socket?.readyState === 1 && socket.send(JSON.stringify(message));

// The level falls slowly, so that the ring breathes instead of flickering.
function heard(chunk) {
  const level = chunk.byteLength > 24 ? levelOf(chunk) : 0;
  shownLevel = Math.max(level, shownLevel * 0.9);
  ring.style.setProperty("--level", paused ? 0 : shownLevel.toFixed(3));
  if (sending && socket?.readyState === 1) socket.send(chunk);
  listen(level);
}

function lost(why) {
  [sending, broken] = [false, true];
  notice.textContent = why;
  byId("verdict").textContent = why;
  tell({ do: "rest" });
  if (state === "running" && !paused) tell({ do: "press", key: "pause" });
}

function connect() {
  socket = new WebSocket(`ws://${location.host}/live`);
  socket.binaryType = "arraybuffer";
  socket.onmessage = ({ data }) => (typeof data === "string" ? told(JSON.parse(data)) : sound.play(data));
  socket.onclose = ({ code }) => {
    sending = false;
    // A page that is reloaded may come before its old self has gone.
    if (code === 4409 && tries++ > 6) {
      show("taken", "An interview is open in another tab. Close it there, then reload this page.");
    } else if (code !== 4409 && tries++ > 40) {
      show("taken", "Rehearse has ended. What was recorded is kept; start `rehearse open` again.");
    } else setTimeout(connect, 500);
  };
}

const HANDLERS = {
  state: (now) => {
    [state, paused] = [now.state, now.paused];
    if (tries && state === "running") notice.textContent = "The page was asleep or cut off. What was recorded is kept; go on when you are ready.";
    tries = 0;
    byId("question").textContent = now.question;
    clock(now.at_s);
    render(now);
  },
  move: ({ who, text, asks }) => {
    byId("who").textContent = `${who} is speaking`;
    stage.dataset.turn = "theirs";
    notice.textContent = "";
    if (asks) byId("question").textContent = text;
    byId("words").textContent = "";
  },
  level: ({ at_s, hears }) => {
    clock(at_s);
    if (hears && stage.dataset.turn !== "yours" && !paused) {
      stage.dataset.turn = "yours";
      byId("who").textContent = "Your turn";
    }
  },
  words: ({ text }) => { byId("words").textContent += ` ${text}`; },
  heard: () => {
    stage.dataset.turn = "theirs";
    byId("who").textContent = "One moment";
  },
  notice: ({ text }) => { if (!paused) notice.textContent = text; }, // else it says why
  pause: (now) => { paused = now.paused; render(now); },
  progress: ({ share }) => { byId("share").value = share; },
  trouble: ({ text }) => {
    byId("go").querySelector(".trouble").textContent = text;
    notice.textContent = text;
  },
};
const told = (message) => HANDLERS[message.is]?.(message);

function clock(at_s) {
  const whole = Math.floor(at_s);
  byId("clock").textContent = `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

// What is on the page by the state of the interview.
function render(now) {
  const live = ["preparing", "running", "analyzing"].includes(state);
  sound.hold(paused);
  if (state === "done" && stage.hidden === false) return leave(now);
  if (state === "failed" && stage.hidden === false) return show("failed", now.text);
  if (!live) return;
  const waits = state !== "analyzing" && (paused || !sending);
  const text = {
    preparing: "One moment: the interviewer is getting ready",
    running: "One moment",
    analyzing: "Done. Listening once more, for the report",
  }[state];
  stage.dataset.turn = "";
  show(waits ? "paused" : state, waits ? "Paused" : text);
}

function show(look, text) {
  [prepare.hidden, stage.hidden] = [true, false];
  stage.dataset.look = look;
  byId("who").textContent = text;
  document.querySelector(".after").hidden = !["paused", "failed", "taken"].includes(look);
  byId("resume").hidden = byId("end").hidden = look !== "paused";
  byId("away").hidden = look === "paused";
  document.querySelector(".keys").hidden = look !== "running";
  byId("share").hidden = look !== "analyzing";
  if (look === "analyzing") sound.close();
}

async function leave(now) {
  await sound.close();
  const { session } = JSON.parse(prepare.dataset.start);
  location.href = session ? `${now.url}both` : now.url;
}

// Let the server have the sound; it answers with what is to be played.
async function give() {
  if (!sound.node || broken) await sound.open();
  await sound.context.resume();
  broken = false;
  tell({ do: "sound", ...sound.facts });
  sending = true;
}

async function goOn() {
  try {
    if (!sending) await give();
    notice.textContent = "";
    if (paused) tell({ do: "press", key: "pause" });
    else render({});
  } catch (error) {
    notice.textContent = error.message;
  }
}

function press(key) {
  if (key === "pause" && stage.dataset.look === "paused") return goOn();
  if (state === "running") tell({ do: "press", key });
}

// -- before the interview

async function check() {
  const verdict = byId("verdict");
  const bar = document.querySelector(".meter");
  await sound.open();
  await fillDevices();
  verdict.textContent = "You hear a voice now.";
  const hello = new Audio("/hello.wav");
  await hello.play().catch(() => { throw new Error("The voice is not there yet. Fetch the models on the first page."); });
  await new Promise((done) => { hello.onended = done; });
  verdict.textContent = "Now answer aloud.";
  let [loudest, since] = [0, performance.now()];
  listen = (level) => {
    loudest = Math.max(loudest, level);
    bar.setAttribute("aria-valuenow", Math.round(100 * level));
    bar.firstChild.style.width = `${100 * level}%`;
    if (performance.now() - since < 4000) return;
    since = Infinity;
    verdict.textContent = loudest < 0.02
      ? "Nothing but silence came. Is the microphone switched off, or is it another one?"
      : loudest < 0.33 ? "You are very quiet. Move closer, or turn the microphone up."
      : loudest > 0.98 ? "You are too loud. Move away a little, or turn the microphone down."
      : "You are heard well.";
  };
}

async function fillDevices() {
  const [row, all] = [byId("device"), await navigator.mediaDevices.enumerateDevices()];
  const found = all.filter((one) => one.kind === "audioinput");
  const select = row.querySelector("select");
  select.replaceChildren(...found.map((one) => new Option(one.label || "Microphone", one.deviceId)));
  const [track] = sound.stream.getAudioTracks();
  select.value = track.getSettings().deviceId ?? "";
  row.hidden = found.length < 2;
  select.onchange = () => { sound.device = select.value; trouble(check); };
}

async function trouble(work) {
  try { await work(); } catch (error) { byId("verdict").textContent = error.message; }
}

byId("hear").addEventListener("click", () => trouble(check));
byId("go").addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target;
  trying(form, async () => {
    const models = await ask("/api/models");
    if (models.needed) throw new Error("The models that hear and speak are not here yet. Fetch them on the first page.");
    listen = () => {};
    await give();
    const chosen = new FormData(form);
    const panel = chosen.get("panel");
    tell({
      do: "start", ...JSON.parse(prepare.dataset.start),
      minutes: Number(chosen.get("minutes") ?? 5),
      questions: chosen.get("questions") ? Number(chosen.get("questions")) : null,
      panel: panel ? panel === "yes" : null,
      strict: chosen.has("strict"), carry_on: chosen.has("carry_on"),
    });
  });
});

const edit = document.querySelector("#edit form");
edit?.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = byId("text");
  trying(edit, async () => {
    const { url } = await ask("/api/save", { text: text.value, over: text.dataset.over });
    location.href = url;
  });
});

// -- during the interview

for (const button of document.querySelectorAll("[data-key]")) {
  button.addEventListener("click", () => press(button.dataset.key));
}
byId("resume").addEventListener("click", goOn);
const KEYS = { Enter: "done", r: "repeat", s: "skip", p: "pause", q: "finish" };
document.addEventListener("keydown", (event) => {
  if (stage.hidden || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
  const key = KEYS[event.key] ?? KEYS[event.key.toLowerCase()];
  if (!key || event.target.closest("a, input, select, textarea") || (key === "done" && event.target.closest("button"))) return;
  event.preventDefault();
  press(key);
});
byId("show-question").addEventListener("change", ({ target }) => { byId("question").hidden = !target.checked; });
byId("show-words").addEventListener("change", ({ target }) => { byId("words").hidden = !target.checked; });
addEventListener("beforeunload", (event) => {
  if (state === "running" && !paused) event.preventDefault();
});
connect();
