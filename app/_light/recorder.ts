const types = ['audio/webm;codecs=opus', 'audio/ogg;codecs=opus'];
const longestMs = 120_000;
/** Speech can be followed at this rate, and two minutes of it cost 240 kB. */
const bitsPerSecond = 16_000;

/**
 * Hears for the frame, whose origin is none: a browser gives such a one no microphone (docs/decisions/116). What was
 * heard goes over `port` when the frame says «stop», or after two minutes; at «drop», and when the page is left or
 * covered, it is forgotten. Nothing of it is kept here.
 */
export async function hearFor(port: MessagePort): Promise<void> {
  let end = (_keep: boolean) => {
    over = true;
  };
  let over = false;
  port.onmessage = ({ data }) => end(data === 'stop');
  const type = window.MediaRecorder && types.find((one) => MediaRecorder.isTypeSupported(one));
  if (!type || !navigator.mediaDevices) return port.postMessage({ fault: 'old' });
  let stream: MediaStream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1 } });
  } catch (error) {
    const { name } = error as Error;
    return port.postMessage({ fault: name === 'NotAllowedError' ? 'denied' : 'none' });
  }
  const silence = () => {
    for (const track of stream.getTracks()) track.stop();
  };
  if (over) return silence();
  let parts: Blob[] = [];
  let kept = true;
  const recorder = new MediaRecorder(stream, { mimeType: type, audioBitsPerSecond: bitsPerSecond });
  recorder.ondataavailable = ({ data }) => parts.push(data);
  recorder.onstop = async () => {
    silence();
    const bytes = kept ? await new Blob(parts).arrayBuffer() : null;
    parts = [];
    if (bytes) port.postMessage({ bytes }, [bytes]);
  };
  end = (keep) => {
    kept &&= keep;
    if (recorder.state !== 'inactive') recorder.stop();
  };
  for (const left of ['visibilitychange', 'pagehide'])
    addEventListener(left, () => end(false), { once: true });
  try {
    recorder.start(1000);
  } catch {
    silence();
    return port.postMessage({ fault: 'none' });
  }
  setTimeout(() => end(true), longestMs);
  port.postMessage({ began: true });
}
