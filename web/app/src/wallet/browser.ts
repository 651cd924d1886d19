import {
  BaseError,
  createPublicClient,
  createWalletClient,
  custom,
  defineChain,
  parseAbi,
  parseUnits,
  type Address,
  type EIP1193Provider,
} from "viem";
import type { Moved } from "./money";

export type Wallet = { id: string; name: string; provider: EIP1193Provider };

export type Connected = {
  name: string;
  address: Address;
  /** base units of the token that it holds */
  held: string;
  deposit(tokens: string, step: (what: string) => void): Promise<Moved>;
};

/** The chain, and whose balance a deposit is for. */
export type Where = {
  name: string;
  chainId: number;
  rpc: string;
  tokenAt: string;
  escrow: string;
  address: string;
};

const erc20 = parseAbi([
  "function balanceOf(address) view returns (uint256)",
  "function allowance(address,address) view returns (uint256)",
  "function approve(address,uint256) returns (bool)",
]);
const escrow = parseAbi(["function depositFor(address owner, uint96 amount)"]);
const decimals = 18;
const notAdded = 4902; // EIP-3326: the wallet does not know the chain

/** connectWallet asks a wallet for an account on the chain. Everything goes through the wallet, nothing to a node. */
export async function connectWallet(wallet: Wallet, where: Where): Promise<Connected> {
  const chain = defineChain({
    id: where.chainId,
    name: where.name,
    nativeCurrency: { name: "Ether", symbol: "ETH", decimals },
    rpcUrls: { default: { http: [where.rpc] } },
  });
  const transport = custom(wallet.provider);
  const signer = createWalletClient({ chain, transport });
  const reader = createPublicClient({ chain, transport, pollingInterval: 1000 });
  const [address] = await plain(signer.requestAddresses());
  if (!address) throw new Error(`${wallet.name} gives no account`);
  if ((await plain(signer.getChainId())) !== chain.id) {
    try {
      await signer.switchChain({ id: chain.id });
    } catch (error) {
      if (!(error instanceof BaseError) || !error.walk((e) => (e as { code?: number }).code === notAdded))
        throw plainly(error);
      await plain(signer.addChain({ chain }));
      await plain(signer.switchChain({ id: chain.id }));
    }
  }
  const token = where.tokenAt as Address;
  const to = where.escrow as Address;
  const balance = (): Promise<bigint> =>
    plain(reader.readContract({ abi: erc20, address: token, functionName: "balanceOf", args: [address] }));

  async function included(hash: `0x${string}`): Promise<bigint> {
    const receipt = await plain(reader.waitForTransactionReceipt({ hash }));
    if (receipt.status !== "success") throw new Error(`the chain refused transaction ${hash}`);
    return receipt.blockNumber;
  }

  return {
    name: wallet.name,
    address,
    held: (await balance()).toString(),
    async deposit(tokens, step) {
      if (!/^\d+(\.\d{1,18})?$/.test(tokens))
        throw new Error(`amount: want tokens above zero, such as 2.5, got "${tokens}"`);
      const amount = parseUnits(tokens, decimals);
      const held = await balance();
      if (amount === 0n) throw new Error(`amount: want tokens above zero, such as 2.5, got "${tokens}"`);
      if (amount > held) throw new Error(`${wallet.name} holds less than that: ${held} base units`);
      const allowed = await plain(
        reader.readContract({ abi: erc20, address: token, functionName: "allowance", args: [address, to] }),
      );
      if (allowed < amount) {
        step(`1 of 2: approve the escrow for this sum in ${wallet.name}…`);
        await included(
          await plain(
            signer.writeContract({
              account: address,
              abi: erc20,
              address: token,
              functionName: "approve",
              args: [to, amount],
            }),
          ),
        );
      }
      step(`2 of 2: deposit in ${wallet.name}…`);
      const tx = await plain(
        signer.writeContract({
          account: address,
          abi: escrow,
          address: to,
          functionName: "depositFor",
          args: [where.address as Address, amount],
        }),
      );
      step("Waiting for the chain…");
      const block = Number(await included(tx));
      return { done: "deposited", amount: amount.toString(), transaction: { tx, block } };
    },
  };
}

/** plain has an error say in a sentence what the library says in a page. */
async function plain<T>(promise: Promise<T>): Promise<T> {
  try {
    return await promise;
  } catch (error) {
    throw plainly(error);
  }
}

function plainly(error: unknown): Error {
  if (error instanceof BaseError) return new Error(error.shortMessage);
  return error instanceof Error
    ? error
    : new Error(String((error as { message?: unknown }).message ?? error));
}
