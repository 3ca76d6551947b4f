import { limits } from "../../../src/contract/limits.js";
import type { TestNewsroom } from "./newsroom.js";

/** Records that all but `left` of a limit has been used just now. */
export async function useUpTo(
  { clock, stores }: TestNewsroom,
  left: number,
  name: keyof typeof limits,
  owner: string,
): Promise<void> {
  const at = new Date(clock.now.getTime() - 1000).toISOString();
  const amount = limits[name] - left;
  await stores(async ({ store }) => {
    await store.deleteFrom("allowances").where("owner", "=", owner).where("name", "=", name).execute();
    await store.insertInto("allowances").values({ owner, name, at, amount }).execute();
  });
}
