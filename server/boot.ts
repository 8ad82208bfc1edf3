import { startForum } from './main';

// The entry of the built server: starts, says where, and stops cleanly when asked.

// Whoever read our console may go away before us. Saying so there would fail again, and so on without end.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

try {
  const forum = await startForum(process.env, process.env.NODE_ENV === 'development');
  process.send?.({ address: forum.address });
  console.info(`Frente Unido answers at ${forum.address}`);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    // Not once: Ctrl+C reaches us from the terminal and again from whoever started us.
    process.on(signal, () => {
      forum.stop().then(
        () => process.exit(0),
        (error) => {
          console.error('stopping failed', error);
          process.exit(1);
        },
      );
    });
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
