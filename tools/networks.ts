/** What the tests over real networks need beside a browser. */
import { proveNamespaces } from "../tests/networks/namespace.ts";
import { provideProgram } from "./programs.ts";

const PROGRAMS: readonly { program: string; package: string }[] = [
  { program: "ip", package: "iproute2" },
  { program: "nft", package: "nftables" },
  { program: "turnserver", package: "coturn" },
];

/**
 * Installs what is missing when it may (root on a Debian), and tries whether this machine lets
 * networks be made.
 * @returns null when all is there, else the words that say what to do
 */
export async function provideNetworks(): Promise<string | null> {
  try {
    for (const { program, package: name } of PROGRAMS) {
      await provideProgram(program, { packages: [name] });
    }
  } catch (error) {
    return `The tests over real networks: ${(error as Error).message}`;
  }
  const tun = await Deno.stat("/dev/net/tun").catch(() => null);
  if (tun === null) {
    return "The tests over real networks need /dev/net/tun: `sudo modprobe tun`, or in a container " +
      "`--device /dev/net/tun`.";
  }
  try {
    await proveNamespaces();
    return null;
  } catch (error) {
    return "The tests over real networks need network namespaces: be root, or allow user " +
      "namespaces; in a container `--cap-add NET_ADMIN --cap-add SYS_ADMIN`.\n" +
      (error as Error).message;
  }
}
