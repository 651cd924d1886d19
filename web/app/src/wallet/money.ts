// What the gateway says of its wallet. Amounts are decimal strings of base units, times Unix seconds unless they are text.

export type Phase = "ordered" | "open" | "closing" | "expired";

export type Money = {
  address: string;
  held: string;
  available: string;
  locked: string;
  /** of locked: on its way back */
  pending: string;
  earnings: string;
  total: string;
  /** wei */
  gas: string;
  sessions: { id: string }[];
  low: boolean;
  block: string;
  receipts: number;
  settled: number;
  chainId: number;
  rpc: string;
  tokenAt: string;
  escrow: string;
  /** from 0 to 1: how much of the chain was looked through for sessions that the gateway does not know */
  searched: number;
};

export type Spent = {
  day: string;
  model: string;
  pod: string;
  requests: number;
  in: number;
  out: number;
  cost: string;
};

export type Spending = { lines: Spent[]; total: string; receipts: number };

export type Receipt = {
  receipt: string;
  time: string;
  model: string;
  pod: string;
  session: string;
  number: number;
  in: number;
  out: number;
  finish: string;
  cost: string;
  batch?: number;
  late?: boolean;
};

export type Session = {
  id: string;
  key: { pod: string };
  state: string;
  cap: string;
  charged: string;
  headroom: string;
  expiry: number;
  notes: string[];
  onChain?: { claimed: string; cap: string };
};

export type Audit = {
  session: string;
  receipts: number;
  charged: string;
  claimed?: string;
  notes: string[];
  unexplained: boolean;
};

export type GatewayKey = {
  name: string;
  budget?: string;
  models?: string[];
  expires?: string;
  spent: string;
  held: string;
  left?: string;
  state: string;
};

export type EscrowKey = {
  name?: string;
  address: string;
  models: string[];
  onChain: { cap: string; used: string; expiry: number };
  left: string;
  state: string;
  sessions: unknown[];
};

export type Keys = { gateway: GatewayKey[]; escrow: EscrowKey[] };

/** What a transaction of the page's did. */
export type Moved = { done: string; amount: string; transaction: { tx: string; block: number } };

/** What came of closing a session. */
export type Closed = { done: "closed" | "released" | "closing"; returned?: string; why?: string };

export type Verdict = {
  outcome: string;
  exit: number;
  checks: { name: string; value: string }[] | null;
  failed?: { check: string; want: string; got: string; hint?: string };
};
