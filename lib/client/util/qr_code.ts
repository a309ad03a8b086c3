/** QR codes, drawn in the browser: the link goes nowhere to become a picture. Load on demand. */
import { create } from "qrcode";

export interface QrPicture {
  /** Modules per side, without the quiet zone. */
  readonly size: number;
  /** SVG path of the dark modules, one unit per module. */
  readonly path: string;
}

export function drawQrCode(text: string): QrPicture {
  // Links are long and screens are clean: the least redundancy gives the largest modules.
  const { modules } = create(text, { errorCorrectionLevel: "L" });
  let path = "";
  for (let row = 0; row < modules.size; row++) {
    for (let column = 0; column < modules.size; column++) {
      if (modules.get(row, column)) path += `M${column} ${row}h1v1h-1z`;
    }
  }
  return { size: modules.size, path };
}
