// Writes testdata/vectors/report-data.json: what a quote binds, in its two forms, worked out here by rules written down a
// second time. forge (test/ReportData.t.sol) and Go (package protocol) replay it. With --check it changes nothing and fails
// if the committed file is not what this script writes.
import { readFileSync, writeFileSync } from "node:fs";
import { concat, dataSlice, id, sha256, toBeHex, toUtf8Bytes } from "ethers";

const file = new URL("../../testdata/vectors/report-data.json", import.meta.url);

// Values derived from labels: reproducible, and different in every field, so that no two can be swapped unnoticed.
const address = (label) => dataSlice(id(label), 12);
const derived = (chainId, i) => ({
  chainId,
  registry: address(`registry${i}`),
  escrow: address(`escrow${i}`),
  pod: address(`pod${i}`),
  operator: address(`operator${i}`),
  enclave: address(`enclave${i}`),
});
const every = (chainId, byte) => ({
  chainId,
  ...Object.fromEntries(["registry", "escrow", "pod", "operator", "enclave"].map((f) => [f, "0x" + byte.repeat(20)])),
});

const fields = (p) => [toBeHex(p.chainId, 32), p.registry, p.escrow, p.pod, p.operator, p.enclave];
const zero = "0x" + "00".repeat(32);
const cases = [
  [derived("2035", 0), id("block0"), id("nonce0"), id("config0")],
  [derived("31337", 1), id("block1"), id("nonce1"), id("config1")],
  [every("18446744073709551615", "ff"), "0x" + "ff".repeat(32), "0x" + "ff".repeat(32), "0x" + "ff".repeat(32)],
  [every("1", "00"), zero, zero, zero],
].map(([identity, block, nonce, configHash]) => ({
  identity,
  block,
  registration: concat([sha256(concat([toUtf8Bytes("phallama/pod-identity/v1"), ...fields(identity)])), block]),
  nonce,
  configHash,
  fresh: concat([sha256(concat([toUtf8Bytes("phallama/fresh/v1"), nonce, ...fields(identity), configHash])), zero]),
}));

const text = JSON.stringify({ cases }, null, 2) + "\n";

if (process.argv.includes("--check")) {
  if (readFileSync(file, "utf8") !== text) {
    console.error('testdata/vectors/report-data.json is stale: run "npm run vectors" in contracts/ and commit it');
    process.exit(1);
  }
} else {
  writeFileSync(file, text);
}
