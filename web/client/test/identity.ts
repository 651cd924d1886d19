import { getAddress, keccak256, verifyTypedData } from "ethers";
import type { Bytes } from "../src/source.js";

/** A pod's key config with its identity's word about it, as the registry and pods hand it out (protocol.SignedKeyConfig). */
export interface SignedKeyConfig {
  enclave: string;
  configHash: string;
  notBefore: number;
  notAfter: number;
  epoch: number;
  config: string; // base64
  signature: string; // EIP-2098
}

export interface Domain {
  chainId: number;
  escrow: string;
}

const types = {
  KeyConfig: [
    { name: "enclave", type: "address" },
    { name: "configHash", type: "bytes32" },
    { name: "notBefore", type: "uint40" },
    { name: "notAfter", type: "uint40" },
    { name: "epoch", type: "uint64" },
  ],
};

/** The key config itself, if the identity signed it and it is its time (docs/spec/typed-data.md). */
export function verifiedConfig(signed: SignedKeyConfig, domain: Domain, identity: string, now: number): Bytes {
  const { enclave, configHash, notBefore, notAfter, epoch } = signed;
  const config = Uint8Array.from(atob(signed.config), (c) => c.charCodeAt(0));
  if (getAddress(enclave) !== getAddress(identity)) throw new Error(`key config of ${enclave}, want ${identity}`);
  if (keccak256(config) !== configHash) throw new Error("the config is not the one that was signed");
  if (now < notBefore || now > notAfter) throw new Error("the config is out of its time");
  const eip712 = { name: "PhallamaEscrow", version: "1", chainId: domain.chainId, verifyingContract: domain.escrow };
  const signer = verifyTypedData(eip712, types, { enclave, configHash, notBefore, notAfter, epoch }, signed.signature);
  if (signer !== getAddress(identity)) throw new Error(`key config signed by ${signer}, want ${identity}`);
  return config;
}
