/** One page of what matches, and how many match in all. */
import type { Page } from "../../shared/protocol/admin.ts";

export interface Paging {
  limit: number;
  offset: number;
}

/** Reads `rows` to the end: the total needs it, and a page in the middle cannot be jumped to. */
export async function pageOf<T>(
  rows: AsyncIterable<T>,
  matches: (row: T) => boolean,
  { limit, offset }: Paging,
): Promise<Page<T>> {
  const items: T[] = [];
  let total = 0;
  for await (const row of rows) {
    if (!matches(row)) continue;
    if (total >= offset && items.length < limit) items.push(row);
    total++;
  }
  return { items, total, limit, offset };
}

export async function mapPage<T, U>(
  page: Page<T>,
  map: (item: T) => U | Promise<U>,
): Promise<Page<U>> {
  return { ...page, items: await Promise.all(page.items.map(map)) };
}
