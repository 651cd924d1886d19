// Package dcap answers one question about an Intel DCAP quote: is it genuine?
//
// [Verify] takes an ECDSA quote of an SGX enclave (version 3, 4 or 5) or of a TDX
// guest (version 4 or 5) and Intel's [Collateral] for its platform, follows every
// certificate chain to one pinned root certificate, and checks every signature,
// revocation list, date and security version between that root and the report of
// the enclave or guest. What the enclave or guest is allowed to be is not decided
// here: the caller compares the returned facts with its own policy. A quote of a
// DEBUG enclave is therefore genuine to this package, and so is one of a platform
// that is out of date: [Result].TCB says how it stands. What Intel has revoked is
// not genuine, nor is what no TCB level of Intel's covers.
//
// The root, the clock and the collateral are parameters, and each is needed. There
// is no option to leave a check out, and none is left out because something is
// absent.
//
// # Checks
//
// The checks have stable names. A [Result] lists those that were made, in order,
// each with what it found; a [CheckError] names the one that refused and lists
// those that had passed before it.
//
//   - Form: quote-format, collateral-format.
//   - Certificates: trust-anchor, pck-chain, pck-extension, tcb-signing-chain,
//     certificate-validity.
//   - Revocation: crl-signature, crl-validity, revocation.
//   - TCB info: tcb-info-signature, tcb-info-validity, tcb-info-platform.
//   - QE identity: qe-identity-signature, qe-identity-validity.
//   - Quoting enclave: qe-report-signature, qe-signer, qe-attributes, qe-identity,
//     qe-report-binding.
//   - Quote: attestation-key, quote-signature.
//   - Security versions: tdx-module (TDX only), qe-tcb, tcb-status.
//
// # Against Intel's verification library
//
// The steps and their results are those of Intel's QVL
// (SGX-TDX-DCAP-QuoteVerificationLibrary) but for these:
//
//   - The trust anchor is compared as a whole certificate, byte for byte.
//   - The quoting enclave's signer, product id and attributes are also held against
//     constants (qe-signer, qe-attributes), besides Intel's signed identity.
//   - The TDX module is judged after the signature over the guest's report, not
//     before it, and its SEAM attributes under the mask of its signed identity.
//   - The status TDRelaunchAdvised is not derived from a TD report 1.5: such a guest
//     stays OutOfDate.
//   - A platform or quoting enclave that is revoked is refused, not reported.
//
// # Sources
//
// Layouts and names follow Intel's "SGX ECDSA Quote Library Reference", "TDX DCAP:
// Quote Generation Library and Quote Verification Library" (quote versions 4 and
// 5), "SGX PCK Certificate and Certificate Revocation List Profile Specification"
// and the reference of the Provisioning Certification Service, version 4 (TCB info
// version 3, QE identity version 2).
package dcap
