import type { DrawingProps } from './drawing';
import { Abstain } from './steps/abstain';
import { Acta } from './steps/acta';
import { Article } from './steps/article';
import { Ballot } from './steps/ballot';
import { Card } from './steps/card';
import { Concern } from './steps/concern';
import { Draft } from './steps/draft';
import { Empty } from './steps/empty';
import { Exit } from './steps/exit';
import { Help } from './steps/help';
import { Home } from './steps/home';
import { Library } from './steps/library';
import { Lock } from './steps/lock';
import { Me } from './steps/me';
import { Mesa } from './steps/mesa';
import { No } from './steps/no';
import { People } from './steps/people';
import { Phone } from './steps/phone';
import { Response } from './steps/response';
import { Yes } from './steps/yes';

const steps = {
  concern: Concern,
  draft: Draft,
  article: Article,
  ballot: Ballot,
  response: Response,
  yes: Yes,
  no: No,
  abstain: Abstain,
  card: Card,
  phone: Phone,
  people: People,
  library: Library,
  help: Help,
  exit: Exit,
  mesa: Mesa,
  acta: Acta,
  home: Home,
  me: Me,
  empty: Empty,
  lock: Lock,
};

/** The drawings of steps, acts and places. */
export type StepName = keyof typeof steps;
export const stepNames = Object.keys(steps) as StepName[];

/** A drawing by its name; `size` in rem. */
export function StepDrawing({ name, ...props }: DrawingProps & { name: StepName }) {
  const Found = steps[name];
  return <Found {...props} />;
}
