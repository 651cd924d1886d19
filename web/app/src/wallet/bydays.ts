import type { Spent } from "./money";

export type Part = "model" | "pod";

type Piece = { name: string; tone: number; cost: bigint; from: number; to: number };

export type Chart = {
  days: { day: string; pieces: Piece[] }[];
  /** dearest first */
  series: { name: string; tone: number; cost: bigint }[];
  /** what the dearest day cost, in base units */
  most: bigint;
};

const tones = 5; // colours that one tells apart; what is beyond goes together
const others = "others";

/** byDay makes a stack of each of the last days, its pieces from 0 at the bottom to 1 where the dearest day ends. */
export function byDay(lines: Spent[], part: Part, days: number, today: Date): Chart {
  const span = Array.from({ length: days }, (_, i) => {
    const day = new Date(today.getFullYear(), today.getMonth(), today.getDate() - (days - 1 - i));
    return [day.getFullYear(), day.getMonth() + 1, day.getDate()]
      .map((n) => String(n).padStart(2, "0"))
      .join("-");
  });
  const seen = lines.filter((l) => l.day >= span[0]! && l.day <= span.at(-1)!);
  const sums = sum(seen, (l) => l[part]);
  const ranked = [...sums].sort(([, a], [, b]) => (a < b ? 1 : a > b ? -1 : 0));
  const toneOf = new Map(ranked.map(([name], i) => [name, Math.min(i, tones)]));
  const series = ranked.slice(0, tones).map(([name, cost], tone) => ({ name, tone, cost }));
  if (ranked.length > tones) {
    const cost = ranked.slice(tones).reduce((all, [, c]) => all + c, 0n);
    series.push({ name: others, tone: tones, cost });
  }
  const totals = sum(seen, (l) => l.day);
  const most = [...totals.values()].reduce((a, b) => (a > b ? a : b), 0n);
  return {
    series,
    most,
    days: span.map((day) => {
      const costs = sum(
        seen.filter((l) => l.day === day),
        (l) => String(toneOf.get(l[part])!),
      );
      let below = 0n;
      const pieces = series.flatMap(({ name, tone }) => {
        const cost = costs.get(String(tone)) ?? 0n;
        if (cost === 0n) return [];
        const from = portion(below, most);
        below += cost;
        return [{ name, tone, cost, from, to: portion(below, most) }];
      });
      return { day, pieces };
    }),
  };
}

function sum(lines: Spent[], by: (l: Spent) => string): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const l of lines) sums.set(by(l), (sums.get(by(l)) ?? 0n) + BigInt(l.cost));
  return sums;
}

/** portion is a part of a whole, as a number up to 1. */
function portion(part: bigint, whole: bigint): number {
  return whole === 0n ? 0 : Number((part * 1_000_000n) / whole) / 1_000_000;
}
