// The browser's microphone and loudspeaker: opened, watched, and told in sentences when they fail.
const TROUBLES = {
  NotAllowedError: "The browser may not use the microphone. Allow it beside the address, then try again.",
  NotFoundError: "There is no microphone. Plug one in, then try again.",
  NotReadableError: "Another program keeps the microphone. Close it there, then try again.",
  OverconstrainedError: "That microphone is gone. Choose another one.",
};

export class Sound {
  constructor({ onChunk, onLost }) {
    [this.onChunk, this.onLost] = [onChunk, onLost];
    this.device = "";
  }

  // Open microphone and loudspeaker; throws an Error with a sentence.
  async open() {
    if (!navigator.mediaDevices?.getUserMedia || !window.AudioWorkletNode) {
      throw new Error("This browser cannot do it. Use a current Chromium, Chrome, Edge or Firefox.");
    }
    await this.close();
    this.context = new AudioContext({ latencyHint: "interactive" });
    try {
      this.stream = await this.microphone();
    } catch (error) {
      await this.close();
      throw new Error(TROUBLES[error.name] ?? `The microphone does not open (${error.name}). Choose another one.`);
    }
    await this.context.resume();
    await this.context.audioWorklet.addModule("/static/worklet.js");
    this.node = new AudioWorkletNode(this.context, "duplex", { outputChannelCount: [1] });
    [this.lags, this.least] = [[], undefined];
    this.node.port.onmessage = ({ data }) => {
      this.watch(data);
      this.onChunk(data);
    };
    this.node.onprocessorerror = () => this.onLost("The browser's sound stopped. Reload the page: the interview waits.");
    this.plug();
    this.node.connect(this.context.destination);
    const [track] = this.stream.getAudioTracks();
    track.onended = () => this.onLost("The microphone has gone. Plug it in, or allow it again; the interview waits.");
    track.onmute = () => this.onLost("The microphone gives nothing. See whether it is switched off; the interview waits.");
  }

  // "all" takes everything that this computer plays out of the microphone; not every browser knows it.
  async microphone() {
    const asked = (echoCancellation) => ({ audio: {
      echoCancellation, noiseSuppression: false, autoGainControl: false, channelCount: 1,
      ...(this.device && { deviceId: { exact: this.device } }),
    } });
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia(asked("all"));
    } catch (error) {
      if (!["TypeError", "OverconstrainedError"].includes(error.name)) throw error;
      return navigator.mediaDevices.getUserMedia(asked(true));
    }
    if (stream.getAudioTracks()[0].getSettings().echoCancellation) return stream;
    for (const track of stream.getTracks()) track.stop(); // "all" was passed over
    return navigator.mediaDevices.getUserMedia(asked(true));
  }

  plug() {
    this.source?.disconnect();
    this.source = this.context.createMediaStreamSource(this.stream);
    this.source.connect(this.node);
  }

  // When the sound has stood still, the browser gives the microphone up to 0.1 s late from then on,
  // out of a store of its own; a new source has an empty one.
  watch(chunk) {
    const head = new DataView(chunk);
    this.lags.push(head.getFloat64(8, true) / 1000 - head.getFloat64(0, true) / this.context.sampleRate);
    if (this.lags.length < 25) return;
    const least = Math.min(...this.lags);
    this.lags = [];
    if (least - (this.least ?? least) > 0.01) this.plug();
    this.least = least;
  }

  get facts() {
    const [track] = this.stream.getAudioTracks();
    const input_s = track.getSettings().latency ?? 0.02;
    const output_s = (this.context.outputLatency || 0) + (this.context.baseLatency || 0);
    return { rate_hz: this.context.sampleRate, delay_s: Math.min(1, input_s + output_s), mic: track.label.slice(0, 200) };
  }

  play(message) {
    const queue = new DataView(message).getUint32(0, true);
    this.node?.port.postMessage({ queue, samples: new Int16Array(message.slice(4)) });
  }

  hold(hold) {
    this.node?.port.postMessage({ hold });
  }

  async close() {
    for (const track of this.stream?.getTracks() ?? []) {
      track.onended = track.onmute = null;
      track.stop();
    }
    if (this.node) this.node.port.onmessage = null;
    await this.context?.close();
    this.stream = this.source = this.node = this.context = undefined;
  }
}

// The level of a chunk, 0 to 1 between −60 and 0 dB below full scale.
export function levelOf(chunk) {
  const samples = new Int16Array(chunk, 24);
  let sum = 0;
  for (let at = 0; at < samples.length; at += 2) sum += samples[at] ** 2;
  const db = 10 * Math.log10(sum / (samples.length / 2) / 32768 ** 2 + 1e-12);
  return Math.max(0, Math.min(1, (db + 60) / 60));
}
