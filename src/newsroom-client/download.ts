import { apiPath, limits } from "../contract/contract.js";
import { temporary } from "../errors/errors.js";
import { sha256 } from "../files/hash.js";
import { persist } from "../http/retry.js";
import { problemOfBytes } from "./problems.js";
import type { UploadConnection } from "./upload.js";

/** Downloads one photo, with retries. A photo whose hash does not match is downloaded again. */
export function downloadPhoto(
  {
    origin,
    headers,
    send,
    signal,
    isThere,
    onWait,
  }: Pick<UploadConnection, "origin" | "headers" | "send" | "signal" | "isThere" | "onWait">,
  hash: string,
): Promise<Buffer> {
  const attempt = async () => {
    const answer = await send({
      method: "GET",
      url: `${origin}${apiPath}/photos/${encodeURIComponent(hash)}`,
      headers: { ...headers, accept: "image/*" },
      maxAnswerBytes: limits.photo_bytes,
      signal,
    });
    if (answer.status !== 200) throw problemOfBytes(answer, { origin, isThere: isThere() });
    if (sha256(answer.bytes) !== hash) throw temporary("download-damaged", { origin });
    return answer.bytes;
  };
  return persist(attempt, {
    signal,
    onWait,
    policy: { tries: 3, maxTries: 5, firstWaitMs: 400, maxWaitMs: 5000 },
  });
}
