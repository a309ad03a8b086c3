import { importProblem, roomOf } from "./rooms.ts";
import { projectPath } from "./paths.ts";

const isTypeSpecifier = (specifier: Deno.lint.Node): boolean =>
  (specifier.type === "ImportSpecifier" && specifier.importKind === "type") ||
  (specifier.type === "ExportSpecifier" && specifier.exportKind === "type");

/** Who may import whom: see `rooms.ts`. */
export const imports: Deno.lint.Rule = {
  create(context) {
    const from = projectPath(context.filename);
    const room = roomOf(from);
    if (room === undefined) return {};

    const check = (node: Deno.lint.Node, specifier: string, typeOnly: boolean) => {
      const message = importProblem(room, { from, specifier, typeOnly });
      if (message) context.report({ node, message, hint: "The table is in tools/lint/rooms.ts." });
    };
    return {
      ImportDeclaration(node) {
        const typeOnly = node.importKind === "type" ||
          (node.specifiers.length > 0 && node.specifiers.every(isTypeSpecifier));
        check(node.source, node.source.value, typeOnly);
      },
      ExportNamedDeclaration(node) {
        if (node.source === null) return;
        const typeOnly = node.exportKind === "type" ||
          (node.specifiers.length > 0 && node.specifiers.every(isTypeSpecifier));
        check(node.source, node.source.value, typeOnly);
      },
      ExportAllDeclaration(node) {
        check(node.source, node.source.value, node.exportKind === "type");
      },
      ImportExpression(node) {
        if (node.source.type !== "Literal" || typeof node.source.value !== "string") return;
        check(node.source, node.source.value, false);
      },
    };
  },
};

/** Globals whose use belongs to another room (`foreignGlobals` of the table). */
export const globals: Deno.lint.Rule = {
  create(context) {
    const room = roomOf(projectPath(context.filename));
    const foreign = room?.foreignGlobals;
    if (room === undefined || foreign === undefined) return {};
    const check = (node: Deno.lint.Node, name: string) => {
      const owner = Object.hasOwn(foreign, name) ? foreign[name] : undefined;
      if (owner === undefined) return;
      context.report({ node, message: `${room.name} may not use ${name}: it belongs to ${owner}` });
    };
    return {
      CallExpression(node) {
        if (node.callee.type === "Identifier") check(node.callee, node.callee.name);
      },
      NewExpression(node) {
        if (node.callee.type === "Identifier") check(node.callee, node.callee.name);
      },
      MemberExpression(node) {
        if (node.object.type !== "Identifier") return;
        check(node.object, node.object.name);
        const holds = ["globalThis", "window", "self"].includes(node.object.name);
        if (holds && node.property.type === "Identifier") check(node.property, node.property.name);
      },
    };
  },
};
