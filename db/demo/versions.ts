import { type ArticleKey, articles } from './articles';

/** A frozen version of the one document, with its articles in its own number series. */
export interface DemoVersion {
  readonly number: 1 | 2;
  readonly title: string;
  /** What a delegate reads first: what is new. */
  readonly changes: string;
  /** The day it was frozen, in days before today. */
  readonly frozen: number;
  readonly articles: readonly { readonly key: ArticleKey; readonly number: number; readonly text: string }[];
}

/** Version 1 lacks the articles that came later, so its numbers close up; texts that changed are in their first wording. */
const inVersionOne = articles
  .filter((article) => article.since === 1)
  .map(({ key, text, firstText }, at) => ({ key, number: at + 1, text: firstText ?? text }));
const inVersionTwo = articles.map(({ key, number, text }) => ({ key, number, text }));

export const versions: readonly DemoVersion[] = [
  {
    number: 1,
    title: 'Primera versión',
    changes: 'Es la primera vez que todas las áreas están en un solo documento.',
    frozen: -92,
    articles: inVersionOne,
  },
  {
    number: 2,
    title: 'Segunda versión',
    changes: 'Hay cuatro artículos nuevos. Ocho cambiaron con lo que dijeron las bases y las oficinas.',
    frozen: -10,
    articles: inVersionTwo,
  },
];
