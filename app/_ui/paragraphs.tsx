/** Words with line ends as paragraphs, in reading size where `large`. */
export function Paragraphs({ text, large }: { text: string; large?: boolean }) {
  return (
    <div className={large ? 'prose text' : 'prose'}>
      {text
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line may stand twice in one text, and none ever moves
          <p key={i}>{line}</p>
        ))}
    </div>
  );
}
