// In place of lib0/logging, which brings a table of colours and a schema checker to the phone.
const tell = (...said: unknown[]) => console.warn(...said.filter((part) => typeof part === 'string'));
export const print = tell;
export const warn = tell;
const none = '';

export {
  none as BLUE,
  none as BOLD,
  none as GREEN,
  none as GREY,
  none as ORANGE,
  none as PURPLE,
  none as RED,
  none as UNBOLD,
  none as UNCOLOR,
};
