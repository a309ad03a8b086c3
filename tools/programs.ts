/** Programs that tests need beside Deno, out of Debian's packages. */

async function isInstalled(program: string): Promise<boolean> {
  const { success } = await new Deno.Command("sh", {
    args: ["-c", `command -v ${program}`],
    stdout: "null",
    stderr: "null",
  }).output();
  return success;
}

async function apt(...args: string[]): Promise<void> {
  await new Deno.Command("apt-get", {
    args,
    env: { DEBIAN_FRONTEND: "noninteractive" },
    stdin: "null",
    stdout: "null",
  }).output();
}

export interface ProvideOptions {
  /** Where it comes from, when the package has another name. */
  packages?: readonly string[];
  /** Whether it is there. */
  test?: () => Promise<boolean>;
}

/**
 * Installs a program when it is missing and may be installed (root on a Debian).
 * @throws Error that says how to install it
 */
export async function provideProgram(program: string, options: ProvideOptions = {}): Promise<void> {
  const { packages = [program], test = () => isInstalled(program) } = options;
  if (await test()) return;
  if (Deno.uid() === 0 && await isInstalled("apt-get")) {
    await apt("update", "-q");
    await apt("install", "-y", "-q", "--no-install-recommends", ...packages);
    if (await test()) return;
  }
  throw new Error(
    `${program} is needed. Install:\n    sudo apt-get install -y ${packages.join(" ")}`,
  );
}
