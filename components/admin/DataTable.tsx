import type { ComponentChildren } from "preact";

export interface Column<Row> {
  readonly key: string;
  readonly label: string;
  readonly cell: (row: Row) => ComponentChildren;
  /** Numbers stand at the end of their column. */
  readonly end?: boolean;
}

interface DataTableProps<Row> {
  label: string;
  rows: readonly Row[];
  /** The first one names the row. */
  columns: readonly [Column<Row>, ...Column<Row>[]];
  rowKey: (row: Row) => string | number;
  /** Buttons of a row. */
  action?: { label: string; cell: (row: Row) => ComponentChildren };
  testId: string;
  rowTestId: string;
}

/**
 * A table where there is room for one; on phones every row is a card. The roles are written out
 * because browsers forget them when a table is laid out as something else.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, rows, columns, action, rowKey, testId } = props;
  return (
    <table role="table" aria-label={label} class="block w-full md:table" data-testid={testId}>
      <thead role="rowgroup" class="sr-only md:not-sr-only md:table-header-group">
        <tr role="row" class="text-left text-sm text-muted">
          {columns.map(({ key, label, end }) => (
            <th
              key={key}
              role="columnheader"
              scope="col"
              class={`pb-2 font-medium not-first:pl-4 ${end ? "text-right" : ""}`}
            >
              {label}
            </th>
          ))}
          {action && (
            <th role="columnheader" scope="col">
              <span class="sr-only">{action.label}</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody role="rowgroup" class="flex flex-col gap-3 md:table-row-group">
        {rows.map((row) => <Row key={rowKey(row)} {...props} row={row} />)}
      </tbody>
    </table>
  );
}

function Row<Row>({ row, columns, action, rowTestId }: DataTableProps<Row> & { row: Row }) {
  const [title, ...rest] = columns;
  const buttons = action?.cell(row);
  return (
    <tr
      role="row"
      class="relative grid grid-cols-2 gap-x-4 gap-y-2 rounded-2xl bg-surface p-4 md:table-row
        md:rounded-none md:bg-transparent md:p-0"
      data-testid={rowTestId}
    >
      <th
        role="rowheader"
        scope="row"
        class={`col-span-2 min-w-0 text-left font-semibold break-words md:table-cell md:border-t
          md:border-line md:py-2.5 md:pr-0 ${buttons ? "flex min-h-10 items-center pr-30" : ""}`}
      >
        <div class="min-w-0">{title.cell(row)}</div>
      </th>
      {rest.map(({ key, label, cell, end }) => (
        <td
          key={key}
          role="cell"
          class={`min-w-0 text-[0.9375rem] md:border-t md:border-line md:py-2.5 md:pl-4 ${
            end ? "md:text-right" : ""
          }`}
        >
          <span class="block text-sm text-muted md:hidden" aria-hidden="true">{label}</span>
          <span class="block break-words md:inline">{cell(row)}</span>
        </td>
      ))}
      {action && (
        <td
          role="cell"
          class="absolute top-3 right-3 md:static md:border-t md:border-line md:py-1 md:pl-4
            md:text-right"
        >
          {buttons}
        </td>
      )}
    </tr>
  );
}
