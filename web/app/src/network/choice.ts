import type { Pod } from "../api";

export type Which = "all" | "verified" | "refused";
export type Order = "state" | "price" | "latency" | "expiry";

export const orders: Record<Order, string> = {
  state: "state",
  price: "price, the cheapest first",
  latency: "first byte, the quickest first",
  expiry: "expiry, the soonest first",
};

/** chosen are the pods that somebody looks for, in their order: refused ones last. */
export function chosen(pods: Pod[], text: string, which: Which, order: Order): Pod[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return pods
    .filter((p) => which === "all" || (which === "refused") === (p.refused !== undefined))
    .filter((p) => {
      const all = [
        p.id,
        p.operator,
        p.url,
        p.release,
        p.measurement,
        p.tier,
        ...p.offers.map((o) => o.model),
      ];
      const line = all.join(" ").toLowerCase();
      return words.every((w) => line.includes(w));
    })
    .sort((a, b) => rank(a) - rank(b) || by[order](a, b) || (a.id < b.id ? -1 : 1));
}

const rank = (p: Pod): number => (p.refused !== undefined ? 1 : 0);
const never = Number.POSITIVE_INFINITY;

/** What is not known comes last. */
const by: Record<Order, (a: Pod, b: Pod) => number> = {
  state: (a, b) => resting(a) - resting(b),
  price: (a, b) => compare(cheapest(a), cheapest(b)),
  latency: (a, b) => compare(a.health.firstByteNanos ?? never, b.health.firstByteNanos ?? never),
  expiry: (a, b) => compare(Date.parse(a.notAfter ?? "") || never, Date.parse(b.notAfter ?? "") || never),
};

const compare = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1);
const resting = (p: Pod): number => (p.health.state === "closed" ? 0 : 1);
const cheapest = (p: Pod): number => Math.min(never, ...p.offers.map((o) => Number(o.outPerM)));
