// Package ledger is the pod's durable account: what each session may spend, has reserved and has been charged, and which
// requests were billed.
//
// Every change is one verb that is atomic, idempotent and tells what it did; none returns before what it says is on
// disk. A reservation is not durable: a crash releases it and the pod absorbs the work, but the voucher that came with it
// is, so that nothing billed is ever without its voucher. A receipt is durable before Commit returns it, so that one
// that left the pod is never forgotten and no receipt number is used twice.
//
// For each session, at every moment (Check): claimed <= charged, charged + reserved <= ceiling <= cap, receipts are
// numbered without gaps, and a request id is billed at most once. What the chain is said to hold comes from the
// operator, who may lie: a lie makes the pod work for nothing, and never puts a charge above what a signer signed.
//
// On disk there is one append-only log (see log.go) that holds amounts, hashes, vouchers and receipts, never a byte of a
// prompt or an answer. Concurrent callers share one fsync.
package ledger
