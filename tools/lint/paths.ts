const ROOT = import.meta.dirname!.replaceAll("\\", "/").replace(/tools\/lint$/, "");

/** Path of a linted file relative to the project, with forward slashes. */
export function projectPath(filename: string): string {
  const path = filename.replaceAll("\\", "/").replace(/^file:\/\//, "");
  return path.startsWith(ROOT) ? path.slice(ROOT.length) : path;
}
