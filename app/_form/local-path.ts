/**
 * Where to go after a form, as a hidden field or an address says it: only a path of this forum, else the home page.
 * `//host`, `/\host` and anything with blanks or control characters lead elsewhere in some browser.
 */
export function localPath(to: unknown): string {
  const local =
    typeof to === 'string' &&
    to.length <= 500 &&
    /^\/(?![/\\])[^\s\\\p{Cc}]*$/u.test(to) &&
    !/^\/(entrar|salir|api)\b/.test(to);
  return local ? to : '/';
}
