// Verifies the cases of a file with @phala/dcap-qvl, each under its own root, and
// prints what came of each: {"name": {"status": "UpToDate", "advisories": […]}} or
// {"name": {"error": "…"}}. Cases are [{name, quote, root, at, collateral}]: hex,
// hex, Unix seconds, and the collateral's usual JSON.
import { readFileSync } from "node:fs";
import { QuoteVerifier } from "@phala/dcap-qvl";

const outcomes = {};
for (const { name, quote, root, at, collateral } of JSON.parse(readFileSync(process.argv[2], "utf8"))) {
  try {
    const report = QuoteVerifier.newWithRootCa(Buffer.from(root, "hex")).verify(Buffer.from(quote, "hex"), collateral, at);
    outcomes[name] = { status: report.status, advisories: report.advisory_ids };
  } catch (e) {
    outcomes[name] = { error: e.cause ? `${e.message}: ${e.cause.message}` : e.message };
  }
}
process.stdout.write(JSON.stringify(outcomes));
