import { AAD_CHUNK, openChunks, sealedFaults } from "../src/chunks.js";
import { EnvelopeError } from "../src/error.js";
import { importSecret, openResponse, requestHeader, requestInfo, suite } from "../src/exchange.js";
import { parseKeyConfig } from "../src/key.js";
import { type Bytes, type Pull, Source } from "../src/source.js";
import { readAll } from "./check.js";

/** As much of a pod as the vectors need: it opens the request of an exchange, and then the response as its client does. */
export interface Recipient {
  openRequest(sealed: Pull): Promise<{ plain: Bytes; openResponse(sealed: Pull, cells?: boolean): Pull }>;
}

export async function recipient(keyConfig: Bytes, privateKey: Bytes): Promise<Recipient> {
  const config = parseKeyConfig(keyConfig);
  const hpke = suite(config.kem);
  const recipientKey = await hpke.kem.deserializePrivateKey(privateKey);
  return {
    async openRequest(sealed) {
      const src = new Source(sealed, sealedFaults);
      const want = requestHeader(config);
      const header = await src.take(want.length);
      if (!header.every((byte, i) => byte === want[i])) throw new EnvelopeError("key", "no such key");
      const enc = (await src.take(hpke.kem.encSize)).slice();
      const context = await hpke.createRecipientContext({ recipientKey, enc, info: requestInfo(header) });
      const plain = await readAll(
        openChunks(src, async (chunk, aad) => new Uint8Array(await context.open(chunk, aad ?? AAD_CHUNK))),
      );
      const secret = await importSecret(context);
      return { plain, openResponse: (response, cells = false) => openResponse(enc, secret, response, cells) };
    },
  };
}
