// Package dcap answers one question about an Intel DCAP quote: is it genuine?
//
// [Verify] parses an SGX ECDSA quote (version 3), follows its PCK certificate
// chain to one pinned root certificate, and checks every signature between that
// root and the report of the enclave. What the enclave is allowed to be is not
// decided here: the caller compares the returned facts with its own policy. A
// quote of a DEBUG enclave is therefore genuine to this package.
//
// The root and the clock are parameters. There is no option to leave a check
// out. A [Result] lists the checks that were made, in order, and, by name, the
// checks of Intel's procedure that this version does not make.
//
// Layouts and names follow Intel's "SGX ECDSA Quote Library Reference" (quote
// version 3) and "SGX PCK Certificate and Certificate Revocation List Profile
// Specification".
package dcap
