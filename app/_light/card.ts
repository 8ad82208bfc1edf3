/**
 * A card's QR opens /entrar#CODE. The code goes from the address into the field, and out of the history at once:
 * a fragment is never sent to the server.
 */
export function takeCardFromAddress(): void {
  const code = location.hash.slice(1);
  const field = document.querySelector<HTMLInputElement>('#f-code');
  if (!field || !/^[0-9a-z][0-9a-z-]{10,30}$/i.test(code)) return;
  history.replaceState(null, '', location.pathname + location.search);
  field.value = code;
  field.focus();
}
