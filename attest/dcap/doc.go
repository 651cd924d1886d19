// Package dcap answers one question about an Intel DCAP quote: is it genuine?
//
// [Verify] takes a quote of an SGX enclave (version 3, 4 or 5) or of a TDX guest
// (version 4 or 5) and Intel's collateral for its platform. It follows the
// certificates of both to one pinned root, checks every signature between that
// root and the report of the enclave or guest, holds the certificates against
// Intel's revocation lists and the quoting enclave against Intel's identity of it,
// and finds how the platform's security versions stand against Intel's TCB info.
// [Needs] tells which collateral that is.
//
// A platform that Intel has revoked is not genuine. Whether one that is out of
// date is good enough, and what the enclave is allowed to be, is not decided here:
// the caller compares the returned facts with its own policy. A quote of a DEBUG
// enclave is therefore genuine to this package.
//
// Root, clock and collateral are parameters. There is no option to leave a check
// out: without collateral nothing is genuine. A [Result] lists the checks that were
// made, in order, with what each found, and until when it may be relied on.
//
// Layouts, names and the order of the checks follow Intel's "SGX ECDSA Quote
// Library Reference", "TDX DCAP Quoting Library API", "SGX PCK Certificate and
// Certificate Revocation List Profile Specification", the Provisioning
// Certification Service (version 4) and Intel's quote verification library.
package dcap
