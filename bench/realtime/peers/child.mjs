// What every server process of the bench is asked by the process of the clients.

/** CPU so far in microseconds, memory in bytes. */
function usage() {
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed, external } = process.memoryUsage();
  return { cpu: user + system, rss, live: heapUsed + external };
}

/**
 * Says where it listens and then answers «usage», «rest» (bring to an end what waits to be written down) and
 * «clean» (rest, and no garbage left).
 */
export function answer(port, rest = async () => {}) {
  process.on('message', async ({ id, ask }) => {
    if (ask !== 'usage') await rest();
    for (let turn = 0; ask === 'clean' && turn < 4; turn++) {
      globalThis.gc?.();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    process.send({ id, ...usage() });
  });
  // Whoever asked is gone; an ordinary end, so that a profile is written.
  process.on('disconnect', () => process.exit(0));
  process.send({ port });
}

/** The name of the document a socket asks for: everything behind the last slash. */
export const roomOf = (req) => req.url.slice(req.url.lastIndexOf('/') + 1);
