import type { ReactNode } from 'react';

export type Column = { label: string; numeric?: boolean };
export type TableRow = { key: string; cells: ReactNode[] };

/**
 * A table that becomes a list of cards on a phone, each cell after its column's label. The first cell is the row's
 * heading (browsers keep the roles through `display: block` since Chrome 80). `quiet` hides the caption from sight.
 */
export function Table(props: { caption: string; quiet?: boolean; columns: Column[]; rows: TableRow[] }) {
  const { columns } = props;
  return (
    <table className="tbl">
      <caption className={props.quiet ? 'vh' : undefined}>{props.caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.label} scope="col" className={column.numeric ? 'n' : undefined}>
              {column.label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.rows.map((row) => (
          <tr key={row.key}>
            {columns.map((column, i) =>
              i === 0 ? (
                <th key={column.label} scope="row">
                  {row.cells[0]}
                </th>
              ) : (
                <td key={column.label} data-l={column.label} className={column.numeric ? 'n' : undefined}>
                  {row.cells[i]}
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
