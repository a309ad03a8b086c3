/** Small pieces of Markdown for the generated parts of the documents. */

/** Code in a table cell: bars would end the cell. */
export function code(text: string): string {
  return text === "" ? "" : `\`${text.replaceAll("|", "\\|")}\``;
}

/** Prose in a table cell. */
function cell(text: string): string {
  return text.replaceAll("\n", " ").replaceAll(/(?<!\\)\|/g, "\\|");
}

export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(" | ")} |`;
  return [line(headings), line(headings.map(() => "---")), ...rows.map(line)].join("\n");
}

/** The text between two markers, which `replaceGenerated` exchanges. */
const GENERATED = /(<!-- generated: (\S+) -->)[\s\S]*?(<!-- end of generated -->)/g;

/**
 * Fills every `<!-- generated: NAME -->` … `<!-- end of generated -->` of a document.
 * @throws Error when a name is unknown, or wanted and not in the document
 */
export function replaceGenerated(
  document: string,
  parts: Readonly<Record<string, () => string>>,
): string {
  const filled = new Set<string>();
  const result = document.replaceAll(GENERATED, (_match, start, name: string, end) => {
    const render = parts[name];
    if (render === undefined) throw new Error(`nothing is generated under the name ${name}`);
    filled.add(name);
    return `${start}\n\n${render()}\n\n${end}`;
  });
  const missing = Object.keys(parts).filter((name) => !filled.has(name));
  if (missing.length > 0) throw new Error(`there is no place for ${missing.join(", ")}`);
  return result;
}
