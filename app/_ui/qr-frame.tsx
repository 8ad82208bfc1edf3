import type { ReactNode } from 'react';

/** A QR code on white with its quiet zone. `svg` is the markup our own QR writer made; `label` says what it opens. */
export function QrFrame({ svg, label, children }: { svg: string; label: string; children?: ReactNode }) {
  return (
    <figure className="qr">
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: the writer makes it from a code, never from what people type */}
      <div role="img" aria-label={label} dangerouslySetInnerHTML={{ __html: svg }} />
      {children ? <figcaption>{children}</figcaption> : null}
    </figure>
  );
}
