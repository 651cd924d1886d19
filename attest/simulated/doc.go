// Package simulated is a machine without SGX that issues full-format SGX quotes.
//
// A [Platform] has a PKI of its own, made after Intel's: root, PCK CA, PCK
// certificate with the whole SGX extension, attestation key. Every certificate
// says SIMULATED in its name. Its quotes pass every check of package attest under
// its own root and none under Intel's, and the verifier that takes its root
// stamps all claims T0-simulated.
//
// It is for the devnet and for tests. A pod knows nothing of it: it asks a quote
// socket, which [Serve] puts in the place of dstack's.
package simulated
