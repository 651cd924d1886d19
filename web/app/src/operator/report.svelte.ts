import { get, messageOf, offline, type Network, type Offer } from "../api";

/** What the agent says. Amounts are base units, but for wei; times are text, or Unix seconds. */
export type Report = {
  pod: string;
  operator: string;
  url: string;
  time: string;
  status: {
    ready: boolean;
    reason?: string;
    models: string[];
    unsettled: string;
    owing: number;
    open: number;
  } | null;
  statusError?: string;
  sessions: number;
  listing: {
    identity: string;
    standing: string;
    validUntil: number;
    keyUntil: number;
    keyEpoch: number;
    offers: (Offer & { cachedPerM: string; validUntil: number })[];
    relay?: string;
  } | null;
  claimable: string;
  gas: string;
  chainError?: string;
  totals: { since: string; settlements: number; charged: string; gas: number; fees: string; skipped: number };
  history: Entry[];
  whole: boolean;
  earned: { hour: string; day: string; tokensPerSecond: number; model?: string };
  clocks: { settle?: string; settleLast?: string; renew?: string; owingUntil?: string };
  concerns: { what: string; do: string }[];
  alerts: { time: string; level: string; message: string; details?: string; times: number }[];
};

export type Entry = {
  seq: number;
  time: string;
  block: number;
  tx: string;
  rows: number;
  charged: string;
  gas: number;
  fee: string | null;
};

const retry = 2000; // milliseconds

/** Business is how the pod's business stands now. */
export class Business {
  network: Network | undefined = $state();
  report: Report | undefined = $state.raw();
  trouble: string = $state("");
  offline: boolean = $state(false);

  #again: ReturnType<typeof setTimeout> | undefined;
  #events: EventSource | undefined;

  /** follow keeps it new until what is returned is called. */
  follow(): () => void {
    void this.#look();
    return () => {
      clearTimeout(this.#again);
      this.#events?.close();
    };
  }

  async #look(): Promise<void> {
    try {
      this.network = await get<Network>("network");
      this.report = await get<Report>("report");
      this.trouble = "";
      this.offline = false;
      this.#listen();
    } catch (error) {
      this.offline = offline(error);
      this.trouble = this.offline ? "The agent does not answer. Is it running?" : messageOf(error);
      this.#again = setTimeout(() => void this.#look(), retry);
    }
  }

  #listen(): void {
    const events = (this.#events = new EventSource("/ui/api/events"));
    events.addEventListener("report", (e: MessageEvent<string>) => {
      this.report = JSON.parse(e.data) as Report;
    });
    events.onerror = () => {
      events.close();
      this.#again = setTimeout(() => void this.#look(), retry / 4);
    };
  }
}
