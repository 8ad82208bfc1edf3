type Piece = { kind: 'same' | 'out' | 'in'; text: string };

/**
 * Words with what is taken out struck through and what is put in underlined; each says so to ears too.
 * A line end that comes or goes is shown as a sign.
 */
export function Changed({
  pieces,
  words,
}: {
  pieces: readonly Piece[];
  words: { out: string; in: string; end: string };
}) {
  // A line that is new or gone as a whole needs no sign at its end.
  const signs = pieces.some(({ kind }) => kind !== pieces[0]!.kind);
  return pieces.map(({ kind, text }, i) => {
    if (kind === 'same') return text.replace(/\n$/, '');
    const Kind = kind === 'out' ? 'del' : 'ins';
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a line have no other name.
      <Kind key={i}>
        <span className="vh"> {words[kind]} </span>
        {text.replace(/\n$/, '')}
        {text.endsWith('\n') ? (
          <>
            {signs ? <span aria-hidden="true">¶</span> : null}
            <span className="vh"> {words.end} </span>
          </>
        ) : null}
      </Kind>
    );
  });
}
