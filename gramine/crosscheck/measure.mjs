// A second implementation of docs/spec/mrenclave.md, written from that page and Intel's SDM, to hold package gramine
// against. It needs nothing but Node.
//
//   node measure.mjs CASES.json
//
// CASES.json is an array of {name, values, libpal}: values is the manifest as JSON, libpal the file in base64. Printed is,
// by name, {manifest, mrenclave} or {error}.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

const PAGE = 4096n;
const HEAP = 0x10000n;
const FLAG = { R: 1n, W: 2n, X: 4n, TCS: 0x100n, REG: 0x200n };

// --- the manifest's form ---

const defaults = {
  max_threads: 4, isvprodid: 0, isvsvn: 0, remote_attestation: "none", debug: false, enable_stats: false,
  edmm_enable: false, use_exinfo: false, trusted_files: [],
};
const features = { avx: "unspecified", avx512: "unspecified", amx: "unspecified", mpx: "disabled", pkru: "disabled" };

const isTable = (v) => v !== null && typeof v === "object" && !Array.isArray(v);
const byBytes = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b));

function completed(input) {
  const m = structuredClone(input);
  m.libos ??= {};
  const sgx = (m.sgx = { ...defaults, ...m.sgx });
  sgx.enclave_size ??= sgx.edmm_enable ? "1024G" : "256M";
  sgx.cpu_features = { ...features, ...sgx.cpu_features };
  sgx.trusted_files = [...sgx.trusted_files].sort((a, b) => byBytes(a.uri, b.uri));
  sgx.allowed_files?.sort(byBytes);
  return m;
}

function quoted(text) {
  const short = { "\b": "\\b", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\" };
  const escaped = [...text].map((c) => {
    const code = c.codePointAt(0);
    if (c in short) return short[c];
    return (code < 0x20 && c !== "\t") || code === 0x7f ? "\\u" + code.toString(16).padStart(4, "0") : c;
  });
  return `"${escaped.join("")}"`;
}

const keyOf = (key) => (/^[A-Za-z0-9_-]+$/.test(key) ? key : quoted(key));
const keysOf = (table) => Object.keys(table).sort(byBytes);

function inline(value, level = 0) {
  if (typeof value === "string") return quoted(value);
  if (Array.isArray(value)) {
    if (value.length === 0) return "[]";
    const inner = " ".repeat(4 * (level + 1));
    return "[\n" + value.map((v) => `${inner}${inline(v, level + 1)},\n`).join("") + " ".repeat(4 * level) + "]";
  }
  if (isTable(value)) {
    const members = keysOf(value).map((k) => `${keyOf(k)} = ${inline(value[k])}`);
    return members.length ? `{ ${members.join(", ")} }` : "{}";
  }
  return String(value);
}

// An array of tables of which one does not fit a line.
function isLongArray(value) {
  if (!Array.isArray(value) || value.length === 0 || !value.every(isTable)) return false;
  return value.map((v) => `    ${inline(v)},`).some((line) => line.includes("\n") || [...line].length > 100);
}

function* blocks(path, table, header) {
  const nested = keysOf(table).filter((k) => isTable(table[k]) || isLongArray(table[k]));
  const plain = path.join("\0") === "sgx\0trusted_files" ? ["uri", "sha256"] : keysOf(table).filter((k) => !nested.includes(k));
  let block = "";
  const name = path.map(keyOf).join(".");
  if (header === "[[") block = `[[${name}]]\n`;
  else if (path.length && (plain.length || !nested.length)) block = `[${name}]\n`;
  block += plain.map((k) => `${keyOf(k)} = ${inline(table[k])}\n`).join("");
  if (block) yield block;
  for (const key of nested) {
    const inner = [...path, key];
    if (isTable(table[key])) yield* blocks(inner, table[key], "[");
    else for (const entry of table[key]) yield* blocks(inner, entry, "[[");
  }
}

const canonical = (values) => [...blocks([], completed(values), "")].join("\n");

// --- libpal.so ---

function readLibpal(file) {
  if (file.length < 64 || file.readUInt32BE(0) !== 0x7f454c46) throw new Error("no ELF file");
  const entry = file.readBigUInt64LE(0x18);
  const at = Number(file.readBigUInt64LE(0x20));
  const [size, number] = [file.readUInt16LE(0x36), file.readUInt16LE(0x38)];
  const segments = [];
  for (let i = 0; i < number; i++) {
    const h = file.subarray(at + i * size, at + (i + 1) * size);
    if (h.readUInt32LE(0) !== 1) continue;
    const access = h.readUInt32LE(4);
    const [offset, addr, , filesz, memsz] = [0, 1, 2, 3, 4].map((n) => h.readBigUInt64LE(8 + 8 * n));
    const first = addr - (addr % PAGE);
    const image = Buffer.alloc(Number(up(addr + memsz) - first));
    file.copy(image, Number(addr - first), Number(offset), Number(offset + filesz));
    // An ELF file counts X 1, W 2, R 4.
    const flags = FLAG.REG | (access & 4 ? FLAG.R : 0n) | (access & 2 ? FLAG.W : 0n) | (access & 1 ? FLAG.X : 0n);
    segments.push({ first, image, flags });
  }
  return { entry, segments, end: segments.reduce((end, s) => s.first + BigInt(s.image.length), 0n) };
}

const up = (n) => ((n + PAGE - 1n) / PAGE) * PAGE;

// --- the enclave ---

function sizeOf(text) {
  const [, digits, unit] = /^([0-9]+)([KMG]?)$/.exec(text);
  return BigInt(digits) * 1024n ** BigInt("KMG".indexOf(unit || "?") + 1);
}

function mrenclave(manifest, values, libpal) {
  const sgx = completed(values).sgx;
  const [size, threads] = [sizeOf(sgx.enclave_size), sgx.max_threads];
  const text = Buffer.concat([Buffer.from(manifest), Buffer.alloc(1)]);
  let low = size;
  const take = (bytes) => {
    low -= up(BigInt(bytes));
    if (low < HEAP) throw new Error("no room");
    return low;
  };
  const each = (f) => Array.from({ length: threads }, (_, t) => f(t));
  const start = {
    manifest: take(text.length), ssa: take(threads * 0x8000), tcs: take(threads * 0x1000), tls: take(threads * 0x1000),
    stacks: each(() => take(0x40000)), signals: each(() => take(0x10000)), libpal: take(libpal.end),
  };

  const hash = createHash("sha256");
  const record = (name, put) => {
    const bytes = Buffer.alloc(64);
    bytes.write(name, "ascii");
    put(bytes);
    hash.update(bytes);
  };
  const add = (address, flags, content) => {
    record("EADD", (b) => { b.writeBigUInt64LE(address, 8); b.writeBigUInt64LE(flags, 16); });
    if (!content) return;
    for (let i = 0; i < 4096; i += 256) {
      record("EEXTEND", (b) => b.writeBigUInt64LE(address + BigInt(i), 8));
      hash.update(content.subarray(i, i + 256));
    }
  };
  const addAll = (address, flags, content) => {
    const whole = Buffer.alloc(Number(up(BigInt(content.length))));
    content.copy(whole);
    for (let i = 0; i < whole.length; i += 4096) add(address + BigInt(i), flags, whole.subarray(i, i + 4096));
  };
  const RW = FLAG.R | FLAG.W | FLAG.REG;

  record("ECREATE", (b) => { b.writeUInt32LE(4, 8); b.writeBigUInt64LE(size, 12); });
  addAll(start.manifest, FLAG.R | FLAG.REG, text);
  addAll(start.ssa, RW, Buffer.alloc(threads * 0x8000));
  const nth = (area, t, step = 0x1000) => start[area] + BigInt(t * step);
  each((t) => {
    const page = Buffer.alloc(4096);
    page.writeBigUInt64LE(nth("ssa", t, 0x8000), 0x10);
    page.writeUInt32LE(2, 0x1c);
    page.writeBigUInt64LE(start.libpal + libpal.entry, 0x20);
    page.writeBigUInt64LE(nth("tls", t), 0x38);
    page.writeUInt32LE(0xfff, 0x40);
    page.writeUInt32LE(0xfff, 0x44);
    add(nth("tcs", t), FLAG.TCS, page);
  });
  each((t) => {
    const page = Buffer.alloc(4096);
    const frames = nth("ssa", t, 0x8000);
    for (const [offset, value] of [
      [0x000, nth("tls", t)], [0x008, 0xbadbadbadbadn], [0x110, size], [0x118, nth("tcs", t)], [0x120, start.stacks[t] + 0x40000n],
      [0x130, start.signals[t]], [0x138, start.signals[t] + 0x10000n], [0x148, frames], [0x150, frames + 0x4000n - 184n],
      [0x1a0, BigInt(text.length)], [0x1a8, HEAP], [0x1b0, start.libpal],
    ]) page.writeBigUInt64LE(value, offset);
    add(nth("tls", t), RW, page);
  });
  for (const at of start.stacks) addAll(at, RW, Buffer.alloc(0x40000));
  for (const at of start.signals) addAll(at, RW, Buffer.alloc(0x10000));
  for (const s of libpal.segments) addAll(start.libpal + s.first, s.flags, s.image);
  if (!sgx.edmm_enable) for (let at = HEAP; at < start.libpal; at += PAGE) add(at, RW | FLAG.X, null);
  return hash.digest("hex");
}

const results = {};
for (const c of JSON.parse(readFileSync(process.argv[2], "utf8"))) {
  try {
    const manifest = canonical(c.values);
    results[c.name] = { manifest, mrenclave: mrenclave(manifest, c.values, readLibpal(Buffer.from(c.libpal, "base64"))) };
  } catch (e) {
    results[c.name] = { error: e.message };
  }
}
console.log(JSON.stringify(results));
