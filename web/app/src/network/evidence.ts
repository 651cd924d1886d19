import type { Check } from "../api";

/** A step of the way from what one trusts to the key that a question is sealed to. */
export type Step = { title: string; says: string; checks: Check[] };

const steps: { title: string; says: string; names: string[] }[] = [
  {
    title: "Intel vouches for the machine",
    says: "The machine’s own certificate leads, signature by signature, to the one root certificate that the network names, and none on the way was revoked.",
    names: [
      "trust-anchor",
      "pck-chain",
      "pck-extension",
      "certificate-validity",
      "crl-signature",
      "crl-validity",
      "revocation",
    ],
  },
  {
    title: "The machine is up to date",
    says: "What Intel has signed about this model of machine says how its security version stands, and the policy accepts that.",
    names: [
      "collateral-format",
      "tcb-signing-chain",
      "tcb-info-signature",
      "tcb-info-validity",
      "tcb-info-platform",
      "tcb-status",
      "tcb-accepted",
      "advisories",
      "collateral-age",
      "platform",
      "endorsement",
      "tier",
    ],
  },
  {
    title: "The machine signed the quote",
    says: "Intel’s quoting enclave on that machine signed what runs in the pod’s enclave, with a key that the machine’s certificate covers.",
    names: [
      "quote-format",
      "qe-identity-signature",
      "qe-identity-validity",
      "qe-report-signature",
      "qe-signer",
      "qe-attributes",
      "qe-identity",
      "qe-report-binding",
      "qe-tcb",
      "qe-svn",
      "attestation-key",
      "quote-signature",
    ],
  },
  {
    title: "The program is the one that was agreed on",
    says: "The measurement is a hash of the program and of its whole beginning. Only those on the policy’s list are asked, and only while nobody has taken it back.",
    names: ["policy", "measurement", "debug", "enclave-attributes", "chain-standing"],
  },
  {
    title: "The key is that program’s",
    says: "The quote binds the identity that only the enclave has; it signed the key that questions are sealed to, its prices and its receipts.",
    names: ["report-data", "quote-age", "key-lifetimes", "fresh"],
  },
];

/** stepsOf puts checks where they belong; what belongs nowhere comes last. */
export function stepsOf(checks: Check[]): Step[] {
  const known = new Set(steps.flatMap((s) => s.names));
  const all = steps.map(({ title, says, names }) => ({
    title,
    says,
    checks: checks.filter((c) => names.includes(c.name)),
  }));
  const others = checks.filter((c) => !known.has(c.name));
  if (others.length > 0) all.push({ title: "Other", says: "Checks of another kind.", checks: others });
  return all.filter((s) => s.checks.length > 0);
}
