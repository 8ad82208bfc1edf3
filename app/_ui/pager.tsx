import { Button } from './button';

/**
 * Previous and next as plain links. `href(n)` gives the address of page n (from 1); `position` is the sentence
 * ("Página 2 de 9"); with one page there is nothing to show.
 */
export function Pager(props: {
  label: string;
  page: number;
  pages: number;
  href: (page: number) => string;
  previous: string;
  next: string;
  position: string;
}) {
  const { page, pages, href } = props;
  if (pages < 2) return null;
  return (
    <nav className="pgr" aria-label={props.label}>
      {page > 1 ? (
        <Button kind="secondary" href={href(page - 1)} icon="arrowLeft">
          {props.previous}
        </Button>
      ) : null}
      <span>{props.position}</span>
      {page < pages ? (
        <Button kind="secondary" href={href(page + 1)} after="arrowRight">
          {props.next}
        </Button>
      ) : null}
    </nav>
  );
}
