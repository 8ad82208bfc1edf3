/**
 * Writes an unexpected error to the console without a word of anybody's: its name, the database's code and
 * constraint, and where it came from. Messages of libraries carry parameters, so they are left out.
 */
export function logError(where: string, error: unknown): void {
  const frames =
    error instanceof Error ? (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)) : [];
  const root = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const { name, code, constraint_name: constraint } = (root ?? {}) as Record<string, unknown>;
  console.error(
    ['unexpected', where, name, code, constraint].filter(Boolean).join(' '),
    `\n${frames.slice(0, 12).join('\n')}`,
  );
}
