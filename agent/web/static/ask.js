// One way to ask the server: JSON in, JSON out, and what went wrong as a sentence.
export async function ask(url, body) {
  let answer;
  try {
    answer = await fetch(url, body && {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
    });
  } catch {
    throw new Error("Rehearse does not answer. Start `rehearse open` again in the terminal.");
  }
  const data = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(data.error ?? "That did not work; reload the page.");
  return data;
}

// Do something for a form or a button, and say below it what went wrong.
export async function trying(place, work) {
  const trouble = place.querySelector(".trouble");
  const buttons = [...place.querySelectorAll("button")];
  if (trouble) trouble.textContent = "";
  for (const button of buttons) button.disabled = true;
  try {
    await work();
  } catch (error) {
    if (trouble) trouble.textContent = error.message;
  } finally {
    for (const button of buttons) button.disabled = false;
  }
}

export async function inBase64(file) {
  if (file.size > 5e6) throw new Error(`${file.name} is larger than 5 MB; save it without pictures.`);
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return btoa(text);
}
