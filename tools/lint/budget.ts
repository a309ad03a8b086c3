import { projectPath } from "./paths.ts";

/** Beyond this a file does more than one thing. Tests and benchmarks tell stories and may be long. */
const MAX_FILE_LINES = 350;
const MAX_FUNCTION_LINES = 60;

const EXEMPT = /^(tests|bench)\/|_test\.tsx?$/;
/** `// budget: why` near the top of the file, or right above or first inside the function. */
const EXCEPTION = /^\s*\/\/ budget: \S/;
const TOP_LINES = 20;

type AnyFunction =
  | Deno.lint.FunctionDeclaration
  | Deno.lint.FunctionExpression
  | Deno.lint.ArrowFunctionExpression;

/** Keeps files and functions small enough to be read in one go. */
export const budget: Deno.lint.Rule = {
  create(context) {
    if (EXEMPT.test(projectPath(context.filename))) return {};
    const { text } = context.sourceCode;
    const lines = text.split("\n");
    const excused = (from: number, to: number) =>
      lines.slice(Math.max(0, from), to).some((line) => EXCEPTION.test(line));
    const lineAt = (offset: number) => text.slice(0, offset).split("\n").length - 1;

    const checkFunction = (node: AnyFunction) => {
      const [first, last] = node.range.map(lineAt) as [number, number];
      const length = last - first + 1;
      if (length <= MAX_FUNCTION_LINES || excused(first - 1, first + 2)) return;
      context.report({
        range: [node.range[0], node.range[0] + 1],
        message: `this function has ${length} lines, more than ${MAX_FUNCTION_LINES}`,
        hint: "Split it, or say why not in `// budget: …` right above it.",
      });
    };
    return {
      Program(node) {
        const length = text.endsWith("\n") ? lines.length - 1 : lines.length;
        if (length <= MAX_FILE_LINES || excused(0, TOP_LINES)) return;
        context.report({
          range: [node.range[0], node.range[0] + 1],
          message: `this file has ${length} lines, more than ${MAX_FILE_LINES}`,
          hint: `Split it, or say why not in \`// budget: …\` in its first ${TOP_LINES} lines.`,
        });
      },
      FunctionDeclaration: checkFunction,
      FunctionExpression: checkFunction,
      ArrowFunctionExpression: checkFunction,
    };
  },
};
