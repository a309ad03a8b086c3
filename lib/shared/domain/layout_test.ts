import assert from "node:assert/strict";
import {
  type AspectRange,
  fillsTile,
  focusLayout,
  gridLayout,
  gridRects,
  pageCapacity,
  type Rect,
  TILE_GAP_PX,
} from "./layout.ts";

const WIDE: AspectRange = { min: 4 / 3, max: 16 / 9 };
const ANY: AspectRange = { min: 0.4, max: 16 / 9 };
const desktop: Rect = { x: 10, y: 20, width: 1440, height: 800 };
const phone: Rect = { x: 0, y: 0, width: 390, height: 700 };

function overlaps(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function isInside(inner: Rect, outer: Rect): boolean {
  return inner.x >= outer.x && inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height;
}

Deno.test("two people sit side by side on a desktop and above each other on a phone", () => {
  assert.equal(gridLayout(desktop.width, desktop.height, 2, WIDE).columns, 2);
  assert.equal(gridLayout(phone.width, phone.height, 2, ANY).columns, 1);
});

Deno.test("one person fills a phone where any shape is allowed", () => {
  const grid = gridLayout(phone.width, phone.height, 1, ANY);
  assert.deepEqual([grid.tileWidth, grid.tileHeight], [390, 700]);
});

Deno.test("no other number of columns gives larger tiles", () => {
  for (let count = 1; count <= 50; count++) {
    const { columns, rows, tileWidth, tileHeight } = gridLayout(1280, 640, count, WIDE);
    assert.ok(columns * rows >= count);
    for (let other = 1; other <= count; other++) {
      const otherRows = Math.ceil(count / other);
      const cellWidth = (1280 - (other - 1) * TILE_GAP_PX) / other;
      const cellHeight = (640 - (otherRows - 1) * TILE_GAP_PX) / otherRows;
      const width = Math.min(cellWidth, cellHeight * WIDE.max);
      const height = Math.min(cellHeight, width / WIDE.min);
      assert.ok(Math.floor(width) * Math.floor(height) <= tileWidth * tileHeight);
    }
  }
});

Deno.test("tiles stay inside the stage, apart from each other and within the aspect range", () => {
  for (const area of [desktop, phone]) {
    for (const count of [1, 2, 3, 5, 7, 12, 50]) {
      const rects = gridRects(area, count, { aspect: WIDE });
      assert.equal(rects.length, count);
      for (const [index, rect] of rects.entries()) {
        assert.ok(isInside(rect, area), `tile ${index} of ${count}`);
        assert.ok(rects.slice(index + 1).every((other) => !overlaps(rect, other)));
        const aspect = rect.width / rect.height;
        assert.ok(aspect > WIDE.min - 0.1 && aspect < WIDE.max + 0.1);
      }
    }
  }
});

Deno.test("a short last row is centred, unless it makes room for the corner", () => {
  const area = { x: 0, y: 0, width: 1200, height: 800 };
  const [, , centred] = gridRects(area, 3, { aspect: WIDE });
  assert.ok(centred);
  assert.ok(Math.abs(centred.x + centred.width / 2 - 600) <= 1);
  const [first, , started] = gridRects(area, 3, { aspect: WIDE, lastRow: "start" });
  assert.equal(started?.x, first?.x);
});

Deno.test("a stage without room yields empty tiles, not negative ones", () => {
  for (const rect of gridRects({ x: 0, y: 0, width: 0, height: 0 }, 4, { aspect: WIDE })) {
    assert.ok(rect.width >= 0 && rect.height >= 0);
  }
});

Deno.test("a shared screen keeps most of the stage, people stand beside or below", () => {
  for (const area of [desktop, phone]) {
    for (const count of [1, 3, 10]) {
      const { focus, strip } = focusLayout(area, count);
      assert.equal(strip.length, count);
      assert.ok(focus.width * focus.height >= 0.7 * area.width * area.height);
      assert.ok(strip.every((rect) => isInside(rect, area) && !overlaps(rect, focus)));
    }
  }
  assert.deepEqual(focusLayout(desktop, 0), { focus: desktop, strip: [] });
});

Deno.test("pictures of a similar shape fill the tile, upright ones in wide tiles do not", () => {
  assert.equal(fillsTile(16 / 9, 4 / 3), true);
  assert.equal(fillsTile(4 / 3, 1), true);
  assert.equal(fillsTile(9 / 16, 16 / 9), false);
  assert.equal(fillsTile(16 / 9, 390 / 700), false);
});

Deno.test("a page holds as many tiles as can be recognised, and no more than anybody can follow", () => {
  const stage = (width: number, height: number) => ({ x: 0, y: 0, width, height });
  assert.equal(pageCapacity(stage(1264, 720), { focused: false }), 12);
  assert.equal(pageCapacity(stage(374, 640), { focused: false }), 6);
  assert.equal(pageCapacity(stage(651, 240), { focused: false }), 6);
  assert.equal(pageCapacity(stage(300, 180), { focused: false }), 2);
  assert.equal(pageCapacity(stage(1264, 720), { focused: true }), 6);
  assert.ok(pageCapacity(stage(374, 640), { focused: true }) >= 2);
});
