import type { EIP1193Provider } from "viem"; // its type alone: the library is loaded later
import type { Wallet } from "./browser";

declare global {
  interface Window {
    ethereum?: EIP1193Provider;
  }
}

type Announcement = { info: { uuid: string; name: string }; provider: EIP1193Provider };

/** The wallets of this browser: those that announce themselves (EIP-6963), or the one that is simply there (EIP-1193). */
class Announced {
  wallets: Wallet[] = $state.raw([]);

  constructor() {
    if (window.ethereum) this.wallets = [{ id: "", name: "the browser’s wallet", provider: window.ethereum }];
    addEventListener("eip6963:announceProvider", (e) => {
      const { info, provider } = (e as CustomEvent<Announcement>).detail;
      const others = this.wallets.filter((w) => w.id !== "" && w.id !== info.uuid);
      this.wallets = [...others, { id: info.uuid, name: info.name, provider }];
    });
    dispatchEvent(new Event("eip6963:requestProvider"));
  }
}

export const announced = new Announced();
