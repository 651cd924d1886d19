import type { Pod } from "../api";

type Mark = {
  pod: string;
  inPerM: string;
  outPerM: string;
  perRequest: string;
  /** it has too much to do, or has failed */
  rests: boolean;
  /** from 0, the cheapest price of all, to 1, the dearest */
  at: number;
  /** how far from the line, among those at its place: -2 to 2 */
  beside: number;
};

export type PriceMap = { models: { name: string; offers: Mark[] }[]; least: string; most: string };

/** mapOf puts the offers of verified pods, by model, on one axis: a logarithm of their price for written tokens. */
export function mapOf(pods: Pod[]): PriceMap {
  const models = new Map<string, Mark[]>();
  for (const p of pods) {
    if (p.refused !== undefined) continue;
    for (const o of p.offers) {
      const marks = models.get(o.model) ?? [];
      const rests = p.health.state !== "closed" && p.health.state !== "half-open";
      marks.push({
        pod: p.id,
        inPerM: o.inPerM,
        outPerM: o.outPerM,
        perRequest: o.perRequest,
        rests,
        at: 0,
        beside: 0,
      });
      models.set(o.model, marks);
    }
  }
  const all = [...models.values()].flat();
  const order = all.map((m) => BigInt(m.outPerM)).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const least = order[0] ?? 0n;
  const most = order.at(-1) ?? 0n;
  // A price of zero has no logarithm: it stands where a tenth of the cheapest other would.
  const paid = order.find((p) => p > 0n) ?? 1n;
  const log = (price: bigint): number => Math.log(price > 0n ? Number(price) : Number(paid) / 10);
  const span = log(most) - log(least);
  for (const m of all) m.at = span > 0 ? (log(BigInt(m.outPerM)) - log(least)) / span : 0.5;
  return {
    models: [...models]
      .map(([name, offers]) => ({ name, offers: spread(offers.sort((a, b) => a.at - b.at)) }))
      .sort((a, b) => a.name.localeCompare(b.name)),
    least: least.toString(),
    most: most.toString(),
  };
}

/** spread puts marks beside each other that would hide each other. */
function spread(marks: Mark[]): Mark[] {
  const lanes = [0, -1, 1, -2, 2];
  const ends = lanes.map(() => -1);
  for (const m of marks) {
    const free = ends.findIndex((end) => m.at - end > 0.02);
    const lane = free >= 0 ? free : ends.indexOf(Math.min(...ends));
    ends[lane] = m.at;
    m.beside = lanes[lane]!;
  }
  return marks;
}
