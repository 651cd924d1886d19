// Takes apart public quotes of real machines for the tests, if they lie beside the repository (or where PHALLAMA_QUOTES
// says): each quote without its certificates, its PCK certificate, and that one's key. Writes cache/real-quotes.json,
// with no sets where there are none.
import { createHash, X509Certificate } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const root = new URL("..", import.meta.url).pathname;
const folder = process.env.PHALLAMA_QUOTES ?? join(root, "../../shared/quotes");
const sets = {};
for (const name of existsSync(folder) ? readdirSync(folder) : []) {
  const file = join(folder, name, "quote.bin");
  if (!existsSync(file)) continue;
  const quote = readFileSync(file);
  if (quote.readUInt16LE(0) !== 3) continue; // the contract takes SGX quotes of version 3
  const end = 1014 + quote.readUInt16LE(1012);
  const pem = quote.subarray(end + 6).toString("latin1").split(/(?<=-----END CERTIFICATE-----)/)[0];
  const certificate = new X509Certificate(pem);
  const key = certificate.publicKey.export({ format: "jwk" });
  const { now } = JSON.parse(readFileSync(join(folder, name, "expect.json"), "utf8"));
  sets[name] = {
    at: Date.parse(now) / 1000,
    quote: "0x" + quote.subarray(0, end).toString("hex"),
    certificate: "0x" + certificate.raw.toString("hex"),
    x: "0x" + Buffer.from(key.x, "base64url").toString("hex"),
    y: "0x" + Buffer.from(key.y, "base64url").toString("hex"),
    debug: (quote[48 + 48] & 2) !== 0,
    sha256: "0x" + createHash("sha256").update(quote).digest("hex"),
  };
}
mkdirSync(join(root, "cache"), { recursive: true });
writeFileSync(join(root, "cache/real-quotes.json"), JSON.stringify({ names: Object.keys(sets), sets }, null, 2) + "\n");
console.log(
  Object.keys(sets).length === 0
    ? `no public quotes of real machines at ${process.env.PHALLAMA_QUOTES ?? "../shared/quotes"}: the test that needs them is skipped`
    : `real quotes for the tests: ${Object.keys(sets).join(", ")}`,
);
