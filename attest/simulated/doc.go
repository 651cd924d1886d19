// Package simulated is a machine without SGX that issues full-format SGX and TDX
// quotes, and the Intel that certifies it.
//
// A [Platform] has a PKI of its own, made after Intel's: root, Platform CA,
// Processor CA, PCK certificate with the whole SGX extension, TCB signer,
// attestation key. Every certificate says SIMULATED in its name. It publishes
// collateral as Intel does (revocation lists, TCB info, QE identity), by
// [Platform.Collateral] or over HTTP by [Platform.ServePCS]. Its quotes pass every
// check of package attest under its own root and none under Intel's, and the
// verifier that takes its root stamps all claims T0-simulated.
//
// It is for the devnet and for tests. A pod knows nothing of it: it asks a quote
// socket, which [Serve] puts in the place of dstack's.
//
// What is simulated is what can be signed: there is no enclave, no memory
// encryption and no TDX module behind a quote, measurements are what the caller
// says, and TCB levels and advisories are made up.
//
// Nothing in the package makes a bad quote. The tests in it do, from the parts
// before they are signed: they hold the negative matrix.
package simulated
