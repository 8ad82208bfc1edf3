/** Where the page stands, from the widest to itself; the last one has no `href`. */
export function Breadcrumb({ label, items }: { label: string; items: { text: string; href?: string }[] }) {
  return (
    <nav className="crumb" aria-label={label}>
      <ol>
        {items.map((item) => (
          <li key={item.text}>
            {item.href ? <a href={item.href}>{item.text}</a> : <span aria-current="page">{item.text}</span>}
          </li>
        ))}
      </ol>
    </nav>
  );
}
