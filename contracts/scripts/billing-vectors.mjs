// Writes testdata/vectors/billing/*.json: what docs/spec/billing.md says in numbers, worked out here by rules written down
// a second time. forge (test/Billing.t.sol) and Go (packages protocol and chain/bindings/escrow) replay them. With --check
// it changes nothing and fails if a committed file is not what this script writes.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { TypedDataEncoder, concat, dataSlice, id, keccak256 } from "ethers";

const folder = new URL("../../testdata/vectors/billing/", import.meta.url);
const MAX = 2n ** 96n - 1n;

// Rows: what one row moves, by the enclave's word and by the signer's own.

const reasons = ["NoSession", "Expired", "NotAboveClaimed", "AboveCeiling", "AboveCap", "Signature"];
const outcome = (c, charged) => {
  const reason =
    c.cap === 0n
      ? "NoSession"
      : c.expired
        ? "Expired"
        : charged <= c.claimed
          ? "NotAboveClaimed"
          : charged > c.ceiling
            ? "AboveCeiling"
            : charged > c.cap
              ? "AboveCap"
              : c.signedBy !== "signer"
                ? "Signature"
                : null;
  return reason === null
    ? { moved: (charged - c.claimed).toString() }
    : { moved: "0", skipped: reason, code: reasons.indexOf(reason) };
};
const row = (name, cap, claimed, charged, ceiling, acked, more = {}) => {
  const c = { cap, claimed, charged, ceiling, acked, expired: false, signedBy: "signer", ...more };
  return {
    name,
    ...Object.fromEntries(Object.entries(c).map(([k, v]) => [k, typeof v === "bigint" ? v.toString() : v])),
    settle: outcome(c, c.charged),
    settleAcked: outcome(c, c.acked),
  };
};
const rows = [
  row("the first charge", 1000n, 0n, 10n, 100n, 0n),
  row("a later charge moves the difference", 1000n, 10n, 25n, 100n, 10n),
  row("the same charge again", 1000n, 10n, 10n, 100n, 10n),
  row("a lower charge", 1000n, 10n, 9n, 100n, 9n),
  row("nothing", 1000n, 0n, 0n, 0n, 0n),
  row("all of the ceiling", 1000n, 0n, 100n, 100n, 100n),
  row("one more than the ceiling", 1000n, 0n, 101n, 100n, 101n),
  row("all of the cap", 1000n, 999n, 1000n, 1000n, 1000n),
  row("one more than the cap", 1000n, 0n, 1001n, 2000n, 1001n),
  row("acknowledged less than charged", 1000n, 0n, 60n, 100n, 40n),
  row("acknowledged more than charged", 1000n, 0n, 40n, 100n, 60n),
  row("acknowledged more than the ceiling", 1000n, 0n, 40n, 100n, 101n),
  row("no session", 0n, 0n, 10n, 100n, 10n),
  row("an expired session", 1000n, 0n, 10n, 100n, 10n, { expired: true }),
  row("an expired session, signed by another", 1000n, 0n, 10n, 100n, 10n, { expired: true, signedBy: "other" }),
  row("signed by another", 1000n, 0n, 10n, 100n, 10n, { signedBy: "other" }),
  row("signed by another, above the ceiling", 1000n, 0n, 101n, 100n, 101n, { signedBy: "other" }),
  row("a ceiling of 2^96 - 1", 1000n, 0n, 1000n, MAX, 1000n),
  row("a charge of 2^96 - 1", 1000n, 0n, MAX, MAX, MAX),
];

// Nonces: which are taken, and what is left afterwards.

const nonces = (kind, size, jump, limit, list) => {
  let base = 0n;
  const used = new Set();
  return {
    kind,
    steps: list.map((nonce) => {
      const taken = nonce >= base && nonce < limit && !used.has(nonce) && nonce <= base + size - 1n + jump;
      if (taken) {
        used.add(nonce);
        if (nonce > base + size - 1n) base = nonce - (size - 1n);
      }
      let window = 0n;
      for (let i = 0n; i < size; i++) if (used.has(base + i)) window |= 1n << i;
      return { nonce: nonce.toString(), taken, base: base.toString(), window: window.toString() };
    }),
  };
};
const sequences = [
  nonces("owner", 96n, 4096n, 2n ** 63n, [
    0n, 0n, 5n, 3n, 95n, 96n, 0n, 1n, 1n, 96n, 97n, 2n, 200n, 104n, 105n, 200n, 105n,
    200n + 4097n, 200n + 4096n, 4200n, 4201n, 2n ** 63n - 1n, 2n ** 63n, 2n ** 64n - 1n,
  ]),
  nonces("delegate", 8n, 255n, 2n ** 24n - 8n, [
    0n, 0n, 5n, 2n, 7n, 8n, 0n, 1n, 1n, 9n, 2n, 3n, 9n + 256n, 9n + 255n, 257n, 256n, 264n, 258n, 2n ** 24n, 2n ** 63n - 1n,
  ]),
];

// Receipts: hashes, root and the path of each.

const type = {
  Receipt: [
    ["sessionId", "bytes32"], ["requestHash", "bytes32"], ["responseHash", "bytes32"], ["modelDigest", "bytes32"],
    ["offerHash", "bytes32"], ["inTokens", "uint32"], ["cachedTokens", "uint32"], ["outTokens", "uint32"],
    ["finish", "uint8"], ["cost", "uint96"], ["charged", "uint96"], ["rseq", "uint64"], ["blind", "bytes16"],
  ].map(([name, type]) => ({ name, type })),
};
const receipt = (i) => ({
  sessionId: id(`session ${i % 3}`), requestHash: id(`request ${i}`), responseHash: id(`response ${i}`),
  modelDigest: id("model"), offerHash: id("offer"), inTokens: 100 + i, cachedTokens: i, outTokens: 7 * i, finish: 1 + (i % 4),
  cost: (13n * BigInt(i)).toString(), charged: (1000n + 13n * BigInt(i)).toString(), rseq: (1 + i).toString(),
  blind: dataSlice(id(`blind ${i}`), 0, 16),
});
const parents = (level) => {
  const up = [];
  for (let i = 0; i + 1 < level.length; i += 2) up.push(keccak256(concat(["0x01", level[i], level[i + 1]])));
  if (level.length % 2 === 1) up.push(level[level.length - 1]);
  return up;
};
const tree = (n) => {
  const receipts = Array.from({ length: n }, (_, i) => receipt(i));
  const hashes = receipts.map((r) => TypedDataEncoder.hashStruct("Receipt", type, r));
  let level = hashes.map((h) => keccak256(concat(["0x00", h])));
  const paths = hashes.map(() => []);
  let at = hashes.map((_, i) => i);
  while (level.length > 1) {
    at = at.map((position, leaf) => {
      const sibling = position ^ 1;
      if (sibling < level.length) paths[leaf].push({ hash: level[sibling], left: sibling < position });
      return position >> 1;
    });
    level = parents(level);
  }
  return { root: level[0], receipts: receipts.map((r, i) => ({ ...r, hashStruct: hashes[i], path: paths[i] })) };
};
const receipts = [1, 2, 3, 5, 8].map(tree);

// Costs: perRequest + ceil(((in - cached) * inPerM + cached * cachedPerM + out * outPerM) / 1,000,000).

const cost = (name, inPerM, cachedPerM, outPerM, perRequest, input, cached, out, finish = "stop") => {
  const sum = (BigInt(input) - BigInt(cached)) * inPerM + BigInt(cached) * cachedPerM + BigInt(out) * outPerM;
  const priced = perRequest + (sum + 999_999n) / 1_000_000n;
  const free = finish === "error" || (finish === "abort" && input === 0 && cached === 0 && out === 0);
  const total = free ? 0n : priced;
  const bad = cached > input || total > MAX;
  return {
    name, inPerM: inPerM.toString(), cachedPerM: cachedPerM.toString(), outPerM: outPerM.toString(),
    perRequest: perRequest.toString(), usage: { in: input, cached, out }, finish,
    ...(bad && !free ? { error: true } : { cost: total.toString() }),
  };
};
const MOST = 2 ** 32 - 1;
const costs = [
  cost("nothing", 100n, 10n, 400n, 0n, 0, 0, 0),
  cost("the price of asking", 100n, 10n, 400n, 7n, 0, 0, 0),
  cost("a millionth is rounded up", 1n, 0n, 0n, 0n, 1, 0, 0),
  cost("a million is not", 1n, 0n, 0n, 0n, 1_000_000, 0, 0),
  cost("a million and one", 1n, 0n, 0n, 0n, 1_000_001, 0, 0),
  cost("rounded once, not for each part", 400_000n, 0n, 600_000n, 0n, 1, 0, 1),
  cost("cached prompt tokens have their own price", 1_000_000n, 100_000n, 0n, 0n, 10, 4, 0),
  cost("an everyday answer", 300_000_000_000n, 0n, 900_000_000_000n, 1_000_000_000n, 812, 0, 243),
  cost("cut off by the limit", 100n, 10n, 400n, 7n, 50, 0, 100, "length"),
  cost("given up before anything", 100n, 10n, 400n, 7n, 0, 0, 0, "abort"),
  cost("given up in the middle", 100n, 10n, 400n, 7n, 50, 0, 3, "abort"),
  cost("the engine failed", 100n, 10n, 400n, 7n, 50, 0, 3, "error"),
  cost("all that fits", 0n, 0n, 0n, MAX, 0, 0, 0),
  cost("one more than fits", 1n, 0n, 0n, MAX, 1, 0, 0),
  cost("as many tokens as there are, at the highest price", MAX, MAX, MAX, 0n, MOST, 0, MOST),
  cost("more cached than there were", 100n, 10n, 400n, 0n, 3, 4, 0),
];

const files = { rows, nonces: sequences, receipts, costs };
const stale = [];
for (const [name, value] of Object.entries(files)) {
  const file = new URL(`${name}.json`, folder);
  const text = JSON.stringify({ cases: value }, null, 2) + "\n";
  if (!process.argv.includes("--check")) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, text);
    continue;
  }
  let committed = "";
  try {
    committed = readFileSync(file, "utf8");
  } catch {}
  if (committed !== text) stale.push(`${name}.json`);
}
if (stale.length > 0) {
  console.error(`testdata/vectors/billing: ${stale.join(", ")}: not what this script writes. Run "npm run vectors" and commit.`);
  process.exit(1);
}
