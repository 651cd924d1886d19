// Package ledger is the pod's durable account: what each session may spend, has reserved and has been charged, and which
// requests were billed.
//
// Every change is one verb that is atomic, idempotent and tells what it did; none returns before what it says is on
// disk. A reservation is not durable: a crash releases it and the pod absorbs the work, but the voucher that came with it
// is, so that nothing billed is ever without its voucher. A receipt is durable before Commit returns it, so that one
// that left the pod is never forgotten and no receipt number is used twice. A session is closed on disk before
// CloseSession returns what may be signed.
//
// Two of the ten invariants of billing (docs/spec/billing.md) are this package's, and Check walks them:
//
//   - Invariant 9: for each session, at every moment, claimed <= charged and charged + reserved <= ceiling <= cap.
//   - Invariant 10: a request id is billed at most once.
//
// What the chain is said to hold comes from the operator, who may lie. In invariant 9, charged without what only a claim
// vouches for is what stands under the ceiling, and all that is ever claimed: a lie makes the pod work for nothing, and
// bills nobody for what was neither metered nor acknowledged.
//
// Invariant 10 holds by the receipts, which are kept for Retention, and beyond by the vouchers: once a request was billed,
// its voucher acknowledges less than what is charged, whoever forgets its receipt, and Admit refuses that as soon as the
// charge is not young. Neither depends on the clock's being right.
//
// On disk there is one append-only log (log.go) that holds amounts, hashes, vouchers and receipts, never a byte of a
// prompt or an answer. It is sealed with a key that the platform gives (seal.go): the host can neither read nor change it,
// only lose it or bring an older one back. That lowers what is charged, until clients' vouchers acknowledge it again, and
// raises nothing. Concurrent callers share one fsync.
package ledger
