import type { Case } from "./check.js";
import { liveCases, type Server } from "./live.js";
import { vectorCases, type Vectors } from "./vectors.js";

/** What a page tells the test that opened it: one report for each case, and one at the end. */
export type Report = { name: string; error?: string } | { done: true; error?: string };

async function report(r: Report): Promise<void> {
  await fetch("/report", { method: "POST", body: JSON.stringify(r) });
}

async function main(): Promise<void> {
  const input: { server: Server; vectors: Vectors } = await (await fetch("/input.json")).json();
  const cases: Case[] = [...vectorCases(input.vectors), ...liveCases(input.server)];
  for (const { name, run } of cases) {
    try {
      await run();
      await report({ name });
    } catch (error) {
      await report({ name, error: String(error) });
    }
  }
}

main().then(
  () => report({ done: true }),
  (error) => report({ done: true, error: String(error) }),
);
