import { Fragment } from 'react';
import { linesOf } from '~/server/document/rules/points';
import type { Reference } from '~/server/document/rules/references';

type Props = {
  text: string;
  references: readonly Reference[];
  /** Where an article that is named is to be read. */
  href: (named: { id: string; number: number }) => string;
};

/** The words of an article: points with their letters, articles that it names as links. */
export function ArticleText({ text, references, href }: Props) {
  return (
    <div className="prose text">
      {linesOf(text, references).map(({ letter, runs }, i) => {
        const words = runs.map(({ words, to }, at) =>
          to ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: stretches have no other name, and none ever moves
            <a key={at} href={href(to)}>
              {words}
            </a>
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same
            <Fragment key={at}>{words}</Fragment>
          ),
        );
        return letter ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line may stand twice in one text, and none ever moves
          <p key={i} className="point">
            <b>{letter}</b> <span>{words}</span>
          </p>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same
          <p key={i}>{words}</p>
        );
      })}
    </div>
  );
}
