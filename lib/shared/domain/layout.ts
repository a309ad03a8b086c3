/**
 * Where the tiles of a call go. Pure geometry in CSS pixels: the stage measures itself, asks here,
 * and moves the tiles. Nothing is ever re-parented, so no video restarts when the layout changes.
 */

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Width divided by height that a tile may have: the space between lets tiles fill the stage. */
export interface AspectRange {
  readonly min: number;
  readonly max: number;
}

export interface Grid {
  readonly columns: number;
  readonly rows: number;
  readonly tileWidth: number;
  readonly tileHeight: number;
}

/** Space between tiles. */
export const TILE_GAP_PX = 8;

/** Cropping a picture to less than this share of itself cuts heads off: better to show bars. */
const MIN_VISIBLE_SHARE = 0.4;

/** Share of the stage given to the strip of people beside a shared screen. */
const STRIP_SHARE = 0.2;
const MIN_STRIP_PX = 96;
const MAX_STRIP_PX = 260;

const STRIP_ASPECT: AspectRange = { min: 1, max: 16 / 9 };

/** The arrangement of `count` equal tiles in which each is as large as can be. */
export function gridLayout(
  width: number,
  height: number,
  count: number,
  aspect: AspectRange,
): Grid {
  let best: Grid = { columns: 1, rows: 1, tileWidth: 0, tileHeight: 0 };
  for (let columns = 1; columns <= Math.max(count, 1); columns++) {
    const rows = Math.max(Math.ceil(count / columns), 1);
    const tile = fitTile(
      (width - (columns - 1) * TILE_GAP_PX) / columns,
      (height - (rows - 1) * TILE_GAP_PX) / rows,
      aspect,
    );
    if (tile.width * tile.height > best.tileWidth * best.tileHeight) {
      best = { columns, rows, tileWidth: tile.width, tileHeight: tile.height };
    }
  }
  return best;
}

function fitTile(cellWidth: number, cellHeight: number, { min, max }: AspectRange) {
  const width = Math.max(Math.min(cellWidth, cellHeight * max), 0);
  const height = Math.max(Math.min(cellHeight, width / min), 0);
  return { width: Math.floor(width), height: Math.floor(height) };
}

export interface GridOptions {
  readonly aspect: AspectRange;
  /** Where a short last row stands; `start` leaves the corner to one's own picture. */
  readonly lastRow?: "center" | "start";
}

/** Rectangles of the grid in reading order, centred in `area`. */
export function gridRects(area: Rect, count: number, { aspect, lastRow }: GridOptions): Rect[] {
  const { columns, rows, tileWidth, tileHeight } = gridLayout(
    area.width,
    area.height,
    count,
    aspect,
  );
  const top = area.y + (area.height - spanOf(rows, tileHeight)) / 2;
  return Array.from({ length: count }, (_, index) => {
    const row = Math.floor(index / columns);
    const inRow = lastRow === "start" ? columns : Math.min(columns, count - row * columns);
    const left = area.x + (area.width - spanOf(inRow, tileWidth)) / 2;
    return {
      x: Math.round(left + (index % columns) * (tileWidth + TILE_GAP_PX)),
      y: Math.round(top + row * (tileHeight + TILE_GAP_PX)),
      width: tileWidth,
      height: tileHeight,
    };
  });
}

function spanOf(count: number, size: number): number {
  return count * size + (count - 1) * TILE_GAP_PX;
}

export interface FocusLayout {
  readonly focus: Rect;
  /** One per person, in the strip: at the side of a wide stage, below on a tall one. */
  readonly strip: readonly Rect[];
}

/** One large picture (a shared screen) and a strip of `count` people. */
export function focusLayout(area: Rect, count: number): FocusLayout {
  if (count === 0) return { focus: area, strip: [] };
  const wide = area.width >= area.height;
  const length = wide ? area.width : area.height;
  const strip = Math.min(Math.max(length * STRIP_SHARE, MIN_STRIP_PX), MAX_STRIP_PX, length / 2);
  const rest = length - strip - TILE_GAP_PX;
  if (wide) {
    const side = { ...area, x: area.x + rest + TILE_GAP_PX, width: strip };
    return {
      focus: { ...area, width: rest },
      strip: gridRects(side, count, { aspect: STRIP_ASPECT }),
    };
  }
  const below = { ...area, y: area.y + rest + TILE_GAP_PX, height: strip };
  return {
    focus: { ...area, height: rest },
    strip: gridRects(below, count, { aspect: STRIP_ASPECT }),
  };
}

/** A picture fills its tile unless too much of it would be cut away. */
export function fillsTile(pictureAspect: number, tileAspect: number): boolean {
  const visible = Math.min(pictureAspect / tileAspect, tileAspect / pictureAspect);
  return !(visible < MIN_VISIBLE_SHARE);
}

/** Stages narrower or lower than this are phones: one's own picture floats in a corner there. */
const COMPACT_WIDTH_PX = 640;
const COMPACT_HEIGHT_PX = 440;
const CORNER_MARGIN_PX = 12;

export function isCompact(area: Rect): boolean {
  return area.width < COMPACT_WIDTH_PX || area.height < COMPACT_HEIGHT_PX;
}

/** Shapes that tiles may take on this stage: tall ones only where the stage itself is tall. */
export function tileAspect(area: Rect): AspectRange {
  const tall = area.height > area.width;
  return { min: tall ? 0.75 : 4 / 3, max: tall ? 16 / 9 : 2 };
}

/** Where one's own picture floats: bottom right, as tall or wide as the stage. */
export function cornerRect(area: Rect): Rect {
  const tall = area.height > area.width;
  const long = Math.round(Math.max(area.width, area.height) * 0.18);
  const short = Math.round(long * 0.75);
  const [width, height] = tall ? [short, long] : [long, short];
  return {
    x: area.x + area.width - width - CORNER_MARGIN_PX,
    y: area.y + area.height - height - CORNER_MARGIN_PX,
    width,
    height,
  };
}

/** Smaller than this a face is not recognised. */
const MIN_TILE_WIDTH_PX = 140;
const MIN_TILE_HEIGHT_PX = 90;
const MIN_STRIP_TILE_PX = 88;
/** More moving pictures than this help nobody, and each has its price at both ends. */
const MAX_TILES = 12;
const MAX_TILES_COMPACT = 6;
const MAX_STRIP_TILES = 6;

/** How many tiles one page of this stage holds, one's own included where it stands among them. */
export function pageCapacity(area: Rect, { focused }: { focused: boolean }): number {
  const most = focused ? MAX_STRIP_TILES : isCompact(area) ? MAX_TILES_COMPACT : MAX_TILES;
  const fits = (count: number) => {
    if (focused) {
      return focusLayout(area, count).strip.every(({ width, height }) =>
        width >= MIN_STRIP_TILE_PX && height >= MIN_STRIP_TILE_PX * 0.75
      );
    }
    const { tileWidth, tileHeight } = gridLayout(area.width, area.height, count, tileAspect(area));
    return tileWidth >= MIN_TILE_WIDTH_PX && tileHeight >= MIN_TILE_HEIGHT_PX;
  };
  for (let count = most; count > 2; count--) if (fits(count)) return count;
  return 2;
}
