// Package pod is what runs inside the enclave: it opens sealed requests, admits them against signed vouchers, asks the
// engine, meters the answer as it passes, seals it and signs the receipt. It never dials a chain: the operator's agent,
// outside the enclave, brings session facts and fetches what is to be sent (package protocol, control API).
//
// The identity key and the keys that requests are sealed to are made at start and live in memory only. A prompt is held
// while it is answered; it is in no log, no file, no error and no metric.
package pod
