import postgres from 'postgres';

const shared = globalThis as { bareSql?: postgres.Sql };

/** One query, twenty rows: the least that a page of a list does. */
export default async function List() {
  shared.bareSql ??= postgres(process.env.DATABASE_URL!, { max: 10 });
  const rows =
    await shared.bareSql`select id, words from concerns order by created_at desc, id desc limit 20`;
  return (
    <ul>
      {rows.map((row) => (
        <li key={row.id}>
          <a href={`/planteamientos/${row.id}`}>{row.words}</a>
        </li>
      ))}
    </ul>
  );
}
