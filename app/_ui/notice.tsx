import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon';

const tones: Record<string, { className: string; icon: IconName }> = {
  info: { className: 'note', icon: 'info' },
  success: { className: 'note ok', icon: 'ok' },
  warning: { className: 'note warn', icon: 'warn' },
  error: { className: 'note bad', icon: 'bad' },
};

/**
 * A message in a frame: sign, word and colour together. `word` is the bold first line.
 * `live` announces it to screen readers when it appears (after an act of the person).
 */
export function Notice(props: {
  tone?: 'info' | 'success' | 'warning' | 'error';
  word: string;
  live?: boolean;
  children?: ReactNode;
}) {
  const { className, icon } = tones[props.tone ?? 'info']!;
  return (
    <div className={className} role={props.live ? 'status' : undefined}>
      <Icon name={icon} />
      <div>
        <b>{props.word}</b>
        {props.children}
      </div>
    </div>
  );
}
