// Package attest holds what a client may believe of a pod's enclave.
//
// Two questions are kept apart. [Verifier.Verify] asks whether evidence is a
// genuine quote, and returns [Claims]. [Validate] asks whether those claims are
// the enclave that was wanted, and needs an explicit [Policy] and the exact
// report data.
//
// How far a claim reaches is its [Tier]. It follows from the root of trust alone:
// a [Verifier] made by [NewVerifier] has Intel's root compiled in and cannot be
// given another; one made by [NewSimulatedVerifier] accepts a simulated root and
// stamps everything [TierSimulated].
//
// A [Source] is where an enclave gets a quote of itself.
package attest
