import * as arrowLeft from 'lucide-react/icons/arrow-left';
import * as arrowRight from 'lucide-react/icons/arrow-right';
import * as bell from 'lucide-react/icons/bell';
import * as calendar from 'lucide-react/icons/calendar-days';
import * as check from 'lucide-react/icons/check';
import * as chevron from 'lucide-react/icons/chevron-right';
import * as ok from 'lucide-react/icons/circle-check';
import * as clock from 'lucide-react/icons/clock';
import * as copy from 'lucide-react/icons/copy';
import * as download from 'lucide-react/icons/download';
import * as eye from 'lucide-react/icons/eye';
import * as file from 'lucide-react/icons/file-text';
import * as info from 'lucide-react/icons/info';
import * as filter from 'lucide-react/icons/list-filter';
import * as lock from 'lucide-react/icons/lock';
import * as pin from 'lucide-react/icons/map-pin';
import * as mic from 'lucide-react/icons/mic';
import * as bad from 'lucide-react/icons/octagon-exclamation-point';
import * as pencil from 'lucide-react/icons/pencil';
import * as plus from 'lucide-react/icons/plus';
import * as printer from 'lucide-react/icons/printer';
import * as search from 'lucide-react/icons/search';
import * as settings from 'lucide-react/icons/settings';
import * as trash from 'lucide-react/icons/trash';
import * as warn from 'lucide-react/icons/triangle-exclamation-point';
import * as upload from 'lucide-react/icons/upload';
import * as person from 'lucide-react/icons/user-round';
import * as listen from 'lucide-react/icons/volume-2';
import * as cross from 'lucide-react/icons/x';
import { createElement } from 'react';

const icons = {
  arrowLeft,
  arrowRight,
  bad,
  bell,
  calendar,
  check,
  chevron,
  clock,
  copy,
  cross,
  download,
  eye,
  file,
  filter,
  info,
  listen,
  lock,
  mic,
  ok,
  pencil,
  person,
  pin,
  plus,
  printer,
  search,
  settings,
  trash,
  upload,
  warn,
};

/** The names a page may use; each is drawn by lucide (ISC). */
export type IconName = keyof typeof icons;
export const iconNames = Object.keys(icons) as IconName[];

type Node = [tag: string, attributes: Record<string, string>];

/**
 * One generic sign, hidden from screen readers: put its word beside it.
 * Built from lucide's node data and not from its component, which would be a client component on a light page.
 */
export function Icon({ name }: { name: IconName }) {
  const { __iconData } = icons[name] as unknown as { __iconData: { node: Node[] } };
  return (
    <svg className="ic" viewBox="0 0 24 24" aria-hidden="true">
      {__iconData.node.map(([tag, attributes]) => createElement(tag, attributes))}
    </svg>
  );
}
