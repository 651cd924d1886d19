// What the gateway answers, as far as the page reads it. Amounts are decimal strings of base units: 10^18 are a token.

export type Network = { name: string; simulated: boolean; token: string; version: string; wallet: boolean };

export type Model = {
  name: string;
  digest: string;
  pods: number;
  minTier: string;
  context: number;
  inPerM: string;
  outPerM: string;
  perRequest: string;
};

export type Check = { name: string; sentence: string; value: string };

export type Offer = {
  model: string;
  modelDigest: string;
  inPerM: string;
  outPerM: string;
  perRequest: string;
  ctx: number;
};

export type Tcb = { status: string; advisories?: string[]; date: string };

export type Health = {
  state: string;
  failures?: number;
  reason?: string;
  firstByteNanos?: number;
  inFlight?: number;
  answered?: number;
  failed?: number;
};

/** A pod in the list. What is optional is there if it is verified. */
export type Pod = {
  id: string;
  operator: string;
  url: string;
  standing: string;
  validUntil: number;
  offers: Offer[];
  refused?: string;
  health: Health;
  tier?: string;
  tcb?: Tcb;
  measurement?: string;
  release?: string;
  notAfter?: string;
  checks?: number;
};

/** Everything of one pod. */
export type PodWhole = {
  record: {
    id: string;
    operator: string;
    url: string;
    identity: string;
    standing: string;
    validUntil: number;
    evidence: string;
    keyConfig: { notAfter: number; epoch: number };
    offers: Offer[] | null;
  };
  claims?: {
    kind: string;
    tier: string;
    tcb: Tcb;
    platform: { machine: string };
    notAfter: string;
    checks: Check[];
  };
  release?: { name: string; sourceDigest?: string };
  refused?: string;
  quotedAt: { number: number; time: number };
};

export type Pods = { pods: Pod[] };

type Measured = { release: string; status: string; notAfter: string };

export type Policy = {
  hashes: string[];
  policies: {
    epoch: number;
    validFrom: string;
    expires: string;
    minTier: string;
    tcb: { statuses: string[]; advisories: string[] };
    measurements: { sgx: (Measured & { mrenclave: string })[]; tdx: (Measured & { mrtd: string })[] };
  }[];
  governance: {
    governor: string;
    guardian: string;
    measurements: { mrenclave: string; status: string }[] | null;
    head: { number: number; time: number };
  };
  delaySeconds: number;
  proposals: { id: string; what: string; ready: number; done: boolean }[];
};

/** An error that the gateway said, or that it is not there. */
export class GatewayError extends Error {
  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message);
  }
}

/** What a failed answer says: the shape of errors on /api. */
export async function errorOf(response: Response): Promise<GatewayError> {
  const text = await response.text();
  try {
    const said = JSON.parse(text) as { error?: unknown };
    if (typeof said.error === "string") return new GatewayError(said.error, response.status);
  } catch {
    // not JSON
  }
  return new GatewayError(`the gateway answered with status ${response.status}`, response.status);
}

/** get asks for one of the page's own objects. */
export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await fetch(`/ui/api/${path}`, signal ? { signal } : {});
  if (!response.ok) throw await errorOf(response);
  return (await response.json()) as T;
}

/** post has something done; what comes back of it, if anything does. */
export async function post<T>(path: string, what: object): Promise<T> {
  const response = await fetch(`/ui/api/${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(what),
  });
  if (!response.ok) throw await errorOf(response);
  return (response.status === 204 ? undefined : await response.json()) as T;
}

/** offline tells whether an error is that the gateway is not there. */
export function offline(error: unknown): boolean {
  return error instanceof TypeError;
}

export function messageOf(error: unknown): string {
  if (offline(error)) return "The gateway does not answer. Is phallama running?";
  return error instanceof Error ? error.message : String(error);
}
