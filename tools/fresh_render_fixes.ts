/**
 * Build-time corrections of Fresh 3's server renderer, by exact text. The build fails when a text
 * is not found exactly once, or when the renderer never came past: a Fresh upgrade must be looked at.
 */
import type { Plugin } from "vite";

interface Fix {
  readonly why: string;
  readonly find: string;
  readonly replace: string;
}

const FIXES: readonly Fix[] = [
  {
    why: "`$&` and friends in an island's string props would be read as replacement patterns",
    find: `return html.replace("</head>", injection + "</head>");`,
    replace: `return html.replace("</head>", () => injection + "</head>");`,
  },
  {
    why: "a render error inside <svg> or <Head> leaves the depth counters set for every later page",
    find: `    const state = createRenderState();
    currentRender = state;
    let html;`,
    replace: `    const state = createRenderState();
    currentRender = state;
    SVG_DEPTH = 0;
    HEAD_DEPTH = 0;
    CONSTRUCTING_HEAD_INNER = false;
    let html;`,
  },
];

const RENDERER = /@?fre?sh.*[\\/]dist[\\/]server[\\/]render\.js$/;

export function freshRenderFixes(): Plugin {
  let seen = false;
  return {
    name: "fresh-render-fixes",
    apply: "build",
    enforce: "pre",
    transform(code, id) {
      if (!RENDERER.test(id.split("?")[0] ?? id)) return null;
      seen = true;
      let fixed = code;
      for (const { find, replace, why } of FIXES) {
        const hits = fixed.split(find).length - 1;
        if (hits !== 1) {
          this.error(
            `Fresh's renderer changed: expected once, found ${hits} times (${why}): ${find}`,
          );
        }
        fixed = fixed.replace(find, () => replace);
      }
      return { code: fixed, map: null };
    },
    closeBundle() {
      if (this.environment?.name === "nitro" && !seen) {
        this.error("Fresh's renderer never came past: the render fixes were not applied");
      }
    },
  };
}
