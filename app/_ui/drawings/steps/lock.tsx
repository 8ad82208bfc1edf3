import { Drawing, type DrawingProps } from '../drawing';

/** A sheet closed under a seal: its text no longer changes. */
export function Lock(props: DrawingProps) {
  return (
    <Drawing {...props}>
      <path className="w" d="M8 3h38v56H8z" />
      <path d="M16 13h22M16 22h22M16 31h12" />
      <path d="M36 43v-5a8 8 0 0 1 16 0v5" />
      <path className="o" d="M30 43h28v18H30z" />
      <path d="M44 50v4" />
    </Drawing>
  );
}
