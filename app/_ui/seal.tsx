/** Cuts a hash into groups of four letters. */
function groups(hash: string): string[] {
  return hash.match(/.{1,4}/g) ?? [];
}

function Groups({ hash }: { hash: string }) {
  return groups(hash).map((group, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a group may stand twice in one hash, and none ever moves
    <span key={i}>{group}</span>
  ));
}

/**
 * The seal of a text: the first 16 letters of its hash to compare by eye, in groups of four; the whole opens below.
 * The gaps are drawn and not typed, so that a copied hash has no spaces.
 */
export function Seal({ label, hash, hint }: { label: string; hash: string; hint?: string }) {
  return (
    <details className="seal">
      <summary>
        {label}
        <code>
          <Groups hash={hash.slice(0, 16)} />
        </code>
      </summary>
      {hint ? <p className="hint">{hint}</p> : null}
      <code className="all">
        <Groups hash={hash} />
      </code>
    </details>
  );
}
