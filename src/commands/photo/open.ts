import type { Context } from "../../context.js";
import { cleanLine } from "../../text/clean.js";

/** Opens a picture in the person's viewer, and says so; where nothing opens it, says where it is. */
export async function openPicture({ host, messages, output }: Context, file: string): Promise<void> {
  const { opened, notOpened } = messages.postPhotos;
  const isOpen = await host.open(file).then(
    () => true,
    () => false,
  );
  output.note((isOpen ? opened : notOpened)({ path: cleanLine(file) }));
}
