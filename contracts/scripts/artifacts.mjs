// Copies ABI and creation bytecode of the deployed contracts from forge's output to artifacts/, which is committed.
// With --check it changes nothing and fails if a committed artifact is not what the sources compile to.
import { readFileSync, writeFileSync, mkdirSync } from "node:fs";

const root = new URL("..", import.meta.url);
const check = process.argv.includes("--check");
let stale = [];

for (const name of ["Escrow", "PodRegistry", "SgxQuoteVerifier", "DevToken", "TimelockController"]) {
  const { abi, bytecode } = JSON.parse(readFileSync(new URL(`out/${name}.sol/${name}.json`, root), "utf8"));
  if (Object.keys(bytecode.linkReferences).length > 0) {
    throw new Error(`${name} links a library; the bindings deploy contracts that stand alone`);
  }
  const text = JSON.stringify({ contractName: name, abi, bytecode: bytecode.object }, null, 2) + "\n";
  const file = new URL(`artifacts/${name}.json`, root);
  if (!check) {
    mkdirSync(new URL("artifacts/", root), { recursive: true });
    writeFileSync(file, text);
  } else if (readCommitted(file) !== text) {
    stale.push(`artifacts/${name}.json`);
  }
}

if (stale.length > 0) {
  console.error(`${stale.join(", ")}: not what src/ compiles to. Run "npm run artifacts" in contracts/, then "go run ./chain/bindings/gen" in the root, and commit both.`);
  process.exit(1);
}

function readCommitted(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
