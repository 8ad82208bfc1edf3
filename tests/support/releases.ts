import type { Content } from '~/server/releases/rules';

type Concern = Extract<Content, { kind: 'concern' }>;
type Article = Extract<Content, { kind: 'article' }>;

export const aConcern = (change: Partial<Concern> = {}): Concern => ({
  kind: 'concern',
  name: 'Las de la cancha alta',
  womens: true,
  words: 'Nos pagan menos por el mismo mineral que escogemos en el desmonte.',
  areas: ['agua'],
  place: '21',
  barrier: 'otro',
  ...change,
});
export const anArticle = (change: Partial<Article> = {}): Article => ({
  kind: 'article',
  name: 'Las de la cancha alta',
  womens: false,
  area: 'agua',
  title: 'Balanza a la vista',
  text: 'Todo mineral se pesa delante de quien lo escogió, y el peso se anota.',
  why: 'Hoy se pesa lejos y nadie sabe cuánto entregó.',
  ...change,
});
