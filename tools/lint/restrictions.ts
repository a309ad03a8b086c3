import { projectPath } from "./paths.ts";
import { isWorkshop } from "./rooms.ts";

const isMember = (node: Deno.lint.MemberExpression, object: string, property?: string): boolean =>
  node.object.type === "Identifier" && node.object.name === object &&
  (property === undefined ||
    (node.property.type === "Identifier" && node.property.name === property));

/** No `await` in a handler means no interleaving: the event loop is the room's lock. */
export const syncHubHandlers: Deno.lint.Rule = {
  create(context) {
    if (!projectPath(context.filename).startsWith("lib/server/hub/handlers/")) return {};
    if (isWorkshop(projectPath(context.filename))) return {};
    const message = "hub handlers are synchronous: return an effect instead";
    const check = (node: Deno.lint.Node & { async: boolean }) => {
      if (node.async) context.report({ node, message });
    };
    return {
      FunctionDeclaration: check,
      FunctionExpression: check,
      ArrowFunctionExpression: check,
      AwaitExpression: (node) => context.report({ node, message }),
    };
  },
};

/** Everything the product says goes through one typed log. */
export const noConsole: Deno.lint.Rule = {
  create(context) {
    const path = projectPath(context.filename);
    // main.ts also speaks to the person at the terminal, before there is a log.
    if (isWorkshop(path) || path === "main.ts") return {};
    return {
      MemberExpression(node) {
        if (!isMember(node, "console")) return;
        context.report({ node, message: "no console here: use lib/server/observability/log.ts" });
      },
    };
  },
};

/** One validated configuration; nobody else reads variables. */
export const envInConfig: Deno.lint.Rule = {
  create(context) {
    const path = projectPath(context.filename);
    if (isWorkshop(path) || path === "lib/server/config.ts") return {};
    return {
      MemberExpression(node) {
        if (!isMember(node, "Deno", "env")) return;
        context.report({ node, message: "Deno.env is read in lib/server/config.ts only" });
      },
    };
  },
};

/** Names and messages of strangers are text, never markup. */
export const noInnerHtml: Deno.lint.Rule = {
  create(context) {
    return {
      JSXAttribute(node) {
        if (node.name.type !== "JSXIdentifier") return;
        if (node.name.name !== "dangerouslySetInnerHTML") return;
        context.report({ node, message: "markup is made by components, never from strings" });
      },
    };
  },
};

/** Pure rules take `now` and randomness as arguments, so that they can be tested and replayed. */
export const pureShared: Deno.lint.Rule = {
  create(context) {
    const path = projectPath(context.filename);
    if (!path.startsWith("lib/shared/") || isWorkshop(path)) return {};
    const report = (node: Deno.lint.Node, what: string) =>
      context.report({ node, message: `lib/shared has no ${what}: take it as an argument` });
    return {
      MemberExpression(node) {
        if (isMember(node, "Date", "now")) report(node, "clock");
        if (isMember(node, "Math", "random")) report(node, "randomness");
      },
      NewExpression(node) {
        const isClock = node.callee.type === "Identifier" && node.callee.name === "Date";
        if (isClock && node.arguments.length === 0) report(node, "clock");
      },
    };
  },
};

/** Markup lives in islands and components; what works below them can be tested without. */
export const noJsxInLib: Deno.lint.Rule = {
  create(context) {
    if (!projectPath(context.filename).startsWith("lib/")) return {};
    const message = "no JSX below lib/: markup lives in components and islands";
    return {
      JSXElement: (node) => context.report({ node, message }),
      JSXFragment: (node) => context.report({ node, message }),
    };
  },
};

const DEFAULT_EXPORTS = /^(routes|islands)\/.*\.tsx?$|^vite\.config\.ts$|^tools\/lint\/plugin\.ts$/;

/** A thing has one name everywhere; Fresh's pages and islands are the exception it demands. */
export const noDefaultExport: Deno.lint.Rule = {
  create(context) {
    if (DEFAULT_EXPORTS.test(projectPath(context.filename))) return {};
    const message = "export it by name";
    return {
      ExportDefaultDeclaration: (node) => context.report({ node, message }),
      ExportSpecifier(node) {
        if (node.exported.type === "Identifier" && node.exported.name === "default") {
          context.report({ node, message });
        }
      },
    };
  },
};
