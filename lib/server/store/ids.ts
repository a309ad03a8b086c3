/** Integer ids, counted in the database from 1 and never used twice. */
import { z } from "zod";
import { keys } from "./keys.ts";
import { loadEntry, transact } from "./kv.ts";
import { Turns } from "./turns.ts";

export type IdName = "user" | "room" | "participant" | "admin" | "ban" | "recording";

export class Ids {
  readonly #kv: Deno.Kv;
  readonly #turns = new Turns<IdName>();

  constructor(kv: Deno.Kv) {
    this.#kv = kv;
  }

  next(name: IdName): Promise<number> {
    return this.#turns.take(name, () =>
      transact(async () => {
        const entry = await loadEntry(this.#kv, keys.counter(name), z.int());
        const id = (entry.value ?? 0) + 1;
        return { commit: this.#kv.atomic().check(entry).set(entry.key, id), result: id };
      }));
  }
}
