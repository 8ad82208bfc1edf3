import type { ReactNode } from 'react';
import { Logo } from './drawings/logo';

/**
 * The frame of every page, to be put straight into `<body>`.
 * - `name`: the forum's name beside the mark; `home`: where the mark leads.
 * - `skip`: words of the skip link ("Ir al contenido").
 * - `exit`: a `<QuickExit>`; it stays in the top right corner, at the same place on every page, whatever scrolls.
 * - `demo`: one line that says the forum is fictional; printed too.
 * - `nav`: a `<NavBar>`; `footer`: links at the end; `wide`: tables and two columns instead of a reading column.
 */
export function Shell(props: {
  name: string;
  home?: string;
  skip: string;
  exit?: ReactNode;
  demo?: ReactNode;
  nav?: ReactNode;
  footer?: ReactNode;
  wide?: boolean;
  children?: ReactNode;
}) {
  return (
    <>
      <a className="skip" href="#main">
        {props.skip}
      </a>
      <header className="head">
        <div className="top">
          <div className="bar">
            <a className="brand" href={props.home ?? '/'}>
              <Logo size={2.5} />
              <span>{props.name}</span>
            </a>
            {props.nav}
            {props.exit}
          </div>
          <div className="weave" />
        </div>
        {props.demo ? <p className="demo">{props.demo}</p> : null}
      </header>
      <main className={props.wide ? 'main wide' : 'main'} id="main" tabIndex={-1}>
        {props.children}
      </main>
      {props.footer ? <footer className="foot">{props.footer}</footer> : null}
    </>
  );
}
