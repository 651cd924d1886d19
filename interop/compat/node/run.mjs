// Runs every case of the npm clients against BASE and prints {suite: {case: outcome}}. What an outcome is worth is for the
// Go test that calls it: here is only what the clients return or throw.
import { anthropicCases } from './anthropic.mjs'
import { ollamaCases } from './ollama.mjs'
import { openaiCases } from './openai.mjs'

const base = process.env.BASE
if (!base) throw new Error('BASE is missing: want the URL of a gateway or an engine')

const atOnce = 6
const suites = {
  'ollama (npm)': ollamaCases(base),
  'openai (npm)': openaiCases(base),
  '@anthropic-ai/sdk (npm)': anthropicCases(base),
}

function failure(e) {
  return {
    thrown: e.constructor.name,
    status: e.status ?? e.status_code ?? null,
    type: e.type ?? e.error?.type ?? null,
    code: e.code ?? null,
    param: e.param ?? null,
    message: e.message,
  }
}

const outcomes = {}
const waiting = []
for (const [suite, cases] of Object.entries(suites)) {
  outcomes[suite] = {}
  for (const [name, run] of Object.entries(cases)) waiting.push({ suite, name, run })
}
async function worker() {
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    outcomes[next.suite][next.name] = await next.run().catch(failure)
  }
}
await Promise.all(Array.from({ length: atOnce }, worker))
process.stdout.write(JSON.stringify(outcomes))
