import path from "node:path";
import type { Context } from "../../context.js";
import { existingStores, namedSecretsKey, type StoreFlags } from "./stores.js";

export async function run(context: Context, input: StoreFlags & { dir: string }): Promise<void> {
  const [{ backUp }, { secretsKeyFile }] = await Promise.all([
    import("../../newsroom/transfer/backup.js"),
    import("../../newsroom/store/secrets-key.js"),
  ]);
  const folder = path.resolve(context.cwd, input.dir);
  const stores = await existingStores(context, input);
  const copied = await backUp(stores, folder, context.version, context.host.now());
  const messages = context.messages.newsroom;
  context.output.result(
    { path: folder, ...copied },
    (style) => `${style.good("✓")} ${messages.backedUp({ path: folder, ...copied })}`,
  );
  context.output.note(
    messages.keyApart({ path: namedSecretsKey(context) ?? path.join(stores.data, secretsKeyFile) }),
  );
}
