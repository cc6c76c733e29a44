// Both sides of the sound in one callback: 20 ms chunks of microphone and output, counted together.
class Duplex extends AudioWorkletProcessor {
  constructor() {
    super();
    this.size = Math.round(sampleRate / 50);
    this.clips = [];
    this.queue = this.played = this.filled = 0;
    this.hold = false;
    this.chunk = this.fresh();
    this.port.onmessage = ({ data }) => this.obey(data);
  }

  fresh() {
    return new Int16Array(12 + 2 * this.size); // 24 bytes of header, then the two sides in turn
  }

  obey(data) {
    if (data.hold !== undefined) this.hold = data.hold;
    if (data.queue === undefined) return;
    if (data.queue !== this.queue) {
      this.send(new Int16Array(12), currentFrame); // what was played of the old queue
      [this.queue, this.clips, this.played] = [data.queue, [], 0];
    }
    if (data.samples?.length) this.clips.push({ samples: data.samples, at: 0 });
  }

  next() {
    const clip = this.hold ? undefined : this.clips[0];
    if (!clip) return 0;
    this.played += 1;
    const sample = clip.samples[clip.at++];
    if (clip.at === clip.samples.length) this.clips.shift();
    return sample;
  }

  process([input], [output]) {
    const mic = input[0];
    const frames = output[0].length;
    for (let i = 0; i < frames; i++) {
      if (!this.filled) this.start = currentFrame + i;
      const sample = this.next();
      for (const side of output) side[i] = sample / 32768;
      const heard = mic ? Math.max(-1, Math.min(1, mic[i])) : 0;
      this.chunk[12 + 2 * this.filled] = Math.round(heard * 32767);
      this.chunk[13 + 2 * this.filled] = sample;
      if (++this.filled === this.size) {
        this.send(this.chunk, this.start);
        [this.chunk, this.filled] = [this.fresh(), 0];
      }
    }
    return true;
  }

  send(chunk, position) {
    const head = new DataView(chunk.buffer);
    head.setFloat64(0, position, true);
    head.setFloat64(8, Date.now(), true);
    head.setUint32(16, this.queue, true);
    head.setUint32(20, this.played, true);
    this.port.postMessage(chunk.buffer, [chunk.buffer]);
  }
}
registerProcessor("duplex", Duplex);
