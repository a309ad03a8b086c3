/** The house rules as a `deno lint` plugin (deno.json, `lint.plugins`). */
import { budget } from "./budget.ts";
import { globals, imports } from "./imports.ts";
import {
  envInConfig,
  noConsole,
  noDefaultExport,
  noInnerHtml,
  noJsxInLib,
  pureShared,
  syncHubHandlers,
} from "./restrictions.ts";

const plugin: Deno.lint.Plugin = {
  name: "house",
  rules: {
    "imports": imports,
    "globals": globals,
    "budget": budget,
    "sync-hub-handlers": syncHubHandlers,
    "no-console": noConsole,
    "env-in-config": envInConfig,
    "no-inner-html": noInnerHtml,
    "pure-shared": pureShared,
    "no-jsx-in-lib": noJsxInLib,
    "no-default-export": noDefaultExport,
  },
};

export default plugin;
