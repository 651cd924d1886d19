import { createDecipheriv, scryptSync } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { concat, createWalletClient, http, keccak256 } from "viem";
import { privateKeyToAccount } from "viem/accounts";

/** openKey opens one of a devnet's keys, an Ethereum keystore (version 3) without a passphrase. */
export async function openKey(dir) {
  const name = (await readdir(dir)).find((n) => !n.startsWith("."));
  const { crypto } = JSON.parse(await readFile(join(dir, name), "utf8"));
  const { n, r, p, dklen, salt } = crypto.kdfparams;
  const key = scryptSync("", Buffer.from(salt, "hex"), dklen, { N: n, r, p, maxmem: 512 << 20 });
  const sealed = Buffer.from(crypto.ciphertext, "hex");
  if (keccak256(concat([key.subarray(16, 32), sealed])) !== "0x" + crypto.mac)
    throw new Error("not the passphrase");
  const open = createDecipheriv(
    "aes-128-ctr",
    key.subarray(0, 16),
    Buffer.from(crypto.cipherparams.iv, "hex"),
  );
  return privateKeyToAccount("0x" + Buffer.concat([open.update(sealed), open.final()]).toString("hex"));
}

/**
 * inject gives a page a browser's wallet: an EIP-1193 provider that announces itself as EIP-6963 has it, made here. It
 * signs with the account and says yes to everything, knows another chain at first, and asks a node of its own, as wallets
 * do: not through the page. It returns what it was asked for.
 */
export async function inject(page, account, rpc) {
  const asked = [];
  let chain = "0x1";
  const added = new Set([chain]);
  const node = async (method, params) => {
    const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
    const response = await fetch(rpc, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body,
    });
    return response.json();
  };
  await page.exposeFunction("askWallet", async (method, params) => {
    asked.push(method);
    switch (method) {
      case "eth_requestAccounts":
      case "eth_accounts":
        return { result: [account.address] };
      case "eth_chainId":
        return { result: chain };
      case "wallet_addEthereumChain":
        added.add(params[0].chainId);
        return { result: null };
      case "wallet_switchEthereumChain":
        if (!added.has(params[0].chainId)) return { error: { code: 4902, message: "Unrecognized chain ID" } };
        chain = params[0].chainId;
        return { result: null };
      case "eth_sendTransaction": {
        const [{ to, data }] = params;
        const signer = createWalletClient({ account, transport: http(rpc) });
        return { result: await signer.sendTransaction({ to, data, chain: null }) };
      }
    }
    return node(method, params);
  });
  await page.addInitScript(() => {
    const provider = {
      on() {},
      removeListener() {},
      async request({ method, params }) {
        const { result, error } = await window.askWallet(method, params ?? []);
        if (error) throw Object.assign(new Error(error.message), { code: error.code });
        return result;
      },
    };
    const detail = { info: { uuid: "7d6f0a7e-0000-4000-8000-000000000001", name: "Test wallet" }, provider };
    const announce = () => dispatchEvent(new CustomEvent("eip6963:announceProvider", { detail }));
    addEventListener("eip6963:requestProvider", announce);
    announce();
  });
  return asked;
}
