// Writes testdata/vectors/typed-data.json with ethers, an implementation of EIP-712 and ECDSA that shares no code with
// ours. forge (test/TypedData.t.sol) and Go (package protocol) replay it. With --check it changes nothing and fails if
// the committed file is not what this script writes.
import { readFileSync, writeFileSync } from "node:fs";
import { AbiCoder, SigningKey, TypedDataEncoder, computeAddress, concat, dataSlice, id, keccak256, toBeHex } from "ethers";

const file = new URL("../../testdata/vectors/typed-data.json", import.meta.url);

const domain = {
  name: "PhallamaEscrow",
  version: "1",
  chainId: 2035,
  verifyingContract: "0x5fbdb2315678afecb367f032d93f642f64180aa3",
};

const typeStrings = [
  "OpenSession(address owner,address signer,address pod,uint64 salt,uint96 cap,uint40 expiry,uint64 nonce,uint40 deadline)",
  "Delegate(address owner,address delegate,uint96 cap,uint40 expiry,uint64 nonce,uint40 deadline)",
  "RequestClose(bytes32 sessionId,uint40 deadline)",
  "Withdraw(address owner,address to,uint96 amount,uint96 fee,uint64 nonce,uint40 deadline)",
  "Voucher(bytes32 sessionId,uint96 ceiling,uint96 acked,bytes32 requestHash)",
  "SettleBatch(address pod,uint64 seq,bytes32 rowsHash,bytes32 receiptsRoot,bytes32 keyConfigHash)",
  "CloseSession(bytes32 sessionId,uint96 finalCharged,uint40 deadline)",
  "Receipt(bytes32 sessionId,bytes32 requestHash,bytes32 responseHash,bytes32 modelDigest,bytes32 offerHash,uint32 inTokens,uint32 cachedTokens,uint32 outTokens,uint8 finish,uint96 cost,uint96 charged,uint64 rseq,bytes16 blind)",
  "Offer(address pod,string model,bytes32 modelDigest,uint96 inPerM,uint96 cachedPerM,uint96 outPerM,uint96 perRequest,uint32 ctx,uint32 defaultOut,uint32 maxOut,uint40 validUntil)",
  "KeyConfig(address enclave,bytes32 configHash,uint40 notBefore,uint40 notAfter,uint64 epoch)",
];

const fieldsOf = (typeString) =>
  typeString.slice(typeString.indexOf("(") + 1, -1).split(",").map((f) => {
    const [type, name] = f.split(" ");
    return { name, type };
  });

// Values derived from labels: reproducible, and different in every field, so that no two can be swapped unnoticed.
const derived = (label, { name, type }) => {
  const h = id(`${label}.${name}`);
  if (type === "string") return `${name}-ü-${h.slice(2, 10)}:1b`;
  if (type === "address") return dataSlice(h, 12);
  if (type.startsWith("bytes")) return dataSlice(h, 0, Number(type.slice(5)));
  return (BigInt(h) >> BigInt(256 - Number(type.slice(4)))).toString();
};
const highest = ({ type }) => {
  if (type === "string") return "x".repeat(128);
  if (type === "address") return "0x" + "ff".repeat(20);
  if (type.startsWith("bytes")) return "0x" + "ff".repeat(Number(type.slice(5)));
  return (2n ** BigInt(type.slice(4)) - 1n).toString();
};
const lowest = ({ type }) => {
  if (type === "string") return "";
  if (type === "address") return "0x" + "00".repeat(20);
  if (type.startsWith("bytes")) return "0x" + "00".repeat(Number(type.slice(5)));
  return "0";
};

const cases = typeStrings.flatMap((typeString) => {
  const type = typeString.slice(0, typeString.indexOf("("));
  const fields = fieldsOf(typeString);
  const types = { [type]: fields };
  const encoder = TypedDataEncoder.from(types);
  if (encoder.encodeType(type) !== typeString) throw new Error(`ethers encodes ${type} as ${encoder.encodeType(type)}`);
  return [(f) => derived(type, f), highest, lowest].map((value) => {
    const message = Object.fromEntries(fields.map((f) => [f.name, value(f)]));
    return {
      type,
      typeString,
      message,
      hashStruct: encoder.hashStruct(type, message),
      digest: TypedDataEncoder.hash(domain, types, message),
    };
  });
});

// Keys for tests only: their secrets are public.
const keys = ["owner", "signer", "identity"].map((label) => new SigningKey(id(`phallama test key: ${label}`)));
const sign = (key, digest) => {
  const { r, yParityAndS } = key.sign(digest);
  return { r, vs: yParityAndS };
};
const signatures = cases
  .filter((_, i) => i % 3 === 0)
  .flatMap(({ digest }) =>
    keys.map((key) => ({
      privateKey: key.privateKey,
      digest,
      ...sign(key, digest),
      address: computeAddress(key.publicKey).toLowerCase(),
    })),
  );
if (new Set(signatures.map(({ vs }) => BigInt(vs) >> 255n)).size !== 2) throw new Error("want both parities of y");

const coder = AbiCoder.defaultAbiCoder();
const address = (label) => dataSlice(id(label), 12);
const sessionIds = ["0", "1", "9223372036854775807", "18446744073709551615"].map((salt, i) => {
  const s = { owner: address(`owner${i}`), signer: address(`signer${i}`), pod: address(`pod${i}`), salt };
  const id = keccak256(coder.encode(["address", "address", "address", "uint64"], [s.owner, s.signer, s.pod, s.salt]));
  return { ...s, id };
});
const podIds = [0, 1].map((i) => {
  const p = { registry: address(`registry${i}`), operator: address(`operator${i}`), salt: id(`salt${i}`) };
  const hash = keccak256(coder.encode(["address", "address", "bytes32"], [p.registry, p.operator, p.salt]));
  return { ...p, id: dataSlice(hash, 12) };
});

const rows = [0, 1].map((i) => {
  const session = sessionIds[i];
  const row = {
    owner: session.owner,
    signer: session.signer,
    salt: session.salt,
    charged: (10n ** 18n + BigInt(i)).toString(),
    ceiling: i === 0 ? (2n ** 96n - 1n).toString() : (10n ** 19n).toString(),
    acked: (7n * BigInt(i)).toString(),
    requestHash: id(`request${i}`),
    ...sign(keys[1], id(`row${i}`)),
  };
  const encoded = concat([
    row.owner,
    row.signer,
    toBeHex(row.salt, 8),
    toBeHex(row.charged, 12),
    toBeHex(row.ceiling, 12),
    toBeHex(row.acked, 12),
    row.requestHash,
    row.r,
    row.vs,
  ]);
  return { ...row, encoded };
});
const offerHashes = cases.filter(({ type }) => type === "Offer").map(({ hashStruct }) => hashStruct);

const text =
  JSON.stringify(
    {
      domain: { ...domain, separator: TypedDataEncoder.hashDomain(domain) },
      cases,
      signatures,
      sessionIds,
      podIds,
      rows,
      rowsHash: keccak256(concat(rows.map(({ encoded }) => encoded))),
      offersHash: { hashStructs: offerHashes, hash: keccak256(concat(offerHashes)) },
    },
    null,
    2,
  ) + "\n";

if (process.argv.includes("--check")) {
  if (readFileSync(file, "utf8") !== text) {
    console.error('testdata/vectors/typed-data.json is stale: run "npm run vectors" in contracts/ and commit it');
    process.exit(1);
  }
} else {
  writeFileSync(file, text);
}
