/**
 * What two people tell each other about pictures, over the data channel. Everything here was said by
 * somebody else's browser: it is checked, and can only ever make this side send less than it may.
 */
import type { Box } from "./rungs.ts";

/** I show you so large; zero: I do not look. */
export interface ViewMessage {
  readonly type: "view";
  readonly camera: Box;
  readonly screen: Box;
}

/** Why you see no picture of mine. */
export interface SendingMessage {
  readonly type: "sending";
  readonly camera: "on" | "paused";
}

/** Sizes are told in such steps: a window that is dragged does not cause a flood. */
const STEP_PX = 64;
/** Larger screens are as good as this one. */
const MAX_PX = 3_840;

export const NOWHERE: Box = { width: 0, height: 0 };

/** @param pixelRatio device pixels in one CSS pixel */
export function shownSize(width: number, height: number, pixelRatio: number): Box {
  if (width <= 0 || height <= 0) return NOWHERE;
  return { width: stepped(width * pixelRatio), height: stepped(height * pixelRatio) };
}

function stepped(pixels: number): number {
  return Math.min(MAX_PX, Math.ceil(pixels / STEP_PX) * STEP_PX);
}

export function largerOf(one: Box, other: Box): Box {
  return one.width * one.height >= other.width * other.height ? one : other;
}

export function sameBox(one: Box, other: Box): boolean {
  return one.width === other.width && one.height === other.height;
}

/** Null: not one of these, or not well-formed. */
export function readViewMessage(
  message: { readonly type: string },
): ViewMessage | SendingMessage | null {
  const fields = message as Readonly<Record<string, unknown>>;
  if (message.type === "sending") {
    const { camera } = fields;
    return camera === "on" || camera === "paused" ? { type: "sending", camera } : null;
  }
  if (message.type !== "view") return null;
  const [camera, screen] = [readBox(fields.camera), readBox(fields.screen)];
  return camera === null || screen === null ? null : { type: "view", camera, screen };
}

function readBox(value: unknown): Box | null {
  if (typeof value !== "object" || value === null) return null;
  const { width, height } = value as Readonly<Record<string, unknown>>;
  return isSize(width) && isSize(height) ? { width, height } : null;
}

function isSize(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= MAX_PX;
}
