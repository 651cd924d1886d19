package dcap

import (
	"fmt"
	"strings"
)

// Check is one step of a verification, or one that was not taken: a stable name
// for programs, a sentence for people, and, once it was made, what it found.
type Check struct {
	Name     string `json:"name"`
	Sentence string `json:"sentence"`
	Value    string `json:"value,omitempty"` // one line, at most 100 characters or so
}

// The checks of [Verify], in the order in which they are made.
var (
	CheckFormat = Check{Name: "quote-format", Sentence: "The quote is a well-formed SGX ECDSA quote, version 3, with nothing left over."}

	CheckTrustAnchor    = Check{Name: "trust-anchor", Sentence: "The certificate chain ends in the pinned root certificate, byte for byte."}
	CheckPCKChain       = Check{Name: "pck-chain", Sentence: "Root, PCK CA and PCK certificate are named, marked and signed as Intel's profile asks."}
	CheckValidity       = Check{Name: "certificate-validity", Sentence: "All three certificates are inside their validity period."}
	CheckPCKExtension   = Check{Name: "pck-extension", Sentence: "The PCK certificate's SGX extension is complete and well-formed."}
	CheckQESignature    = Check{Name: "qe-report-signature", Sentence: "The PCK key signed the quoting enclave's report."}
	CheckQESigner       = Check{Name: "qe-signer", Sentence: "The quoting enclave is Intel's: its signer and product id are the pinned ones."}
	CheckQEAttributes   = Check{Name: "qe-attributes", Sentence: "The quoting enclave is initialised, may provision, and is not a debug enclave."}
	CheckQEBinding      = Check{Name: "qe-report-binding", Sentence: "The quoting enclave's report binds the attestation key."}
	CheckAttestationKey = Check{Name: "attestation-key", Sentence: "The attestation key is a point on P-256."}
	CheckQuoteSignature = Check{Name: "quote-signature", Sentence: "The attestation key signed the quote's header and the enclave's report."}
)

// The checks of Intel's procedure that [Verify] does not make.
var (
	NotCheckedCRL        = Check{Name: "revocation-lists", Sentence: "Intel's certificate revocation lists were not consulted: a revoked platform or CA is not noticed."}
	NotCheckedTCBStatus  = Check{Name: "tcb-status", Sentence: "The platform's security versions were not compared with Intel's TCB info: outdated microcode is not noticed."}
	NotCheckedAdvisories = Check{Name: "security-advisories", Sentence: "Intel's security advisories (INTEL-SA) for this platform were not considered."}
	NotCheckedQEIdentity = Check{Name: "qe-identity", Sentence: "The quoting enclave's security version was not compared with Intel's signed QE identity."}
)

// CheckError says which check refused, what was expected, what came, and what a
// person can do about it.
type CheckError struct {
	Check string // name of the check, for example "quote-signature"
	Want  string
	Got   string
	Hint  string
	// Passed are the checks that were made before this one, in their order.
	Passed []Check
}

// Error implements error.
func (e *CheckError) Error() string {
	return fmt.Sprintf("attestation check %s failed: expected %s, got %s; %s", e.Check, e.Want, e.Got, e.Hint)
}

func (c Check) failed(want, got, hint string) error {
	return &CheckError{Check: c.Name, Want: want, Got: got, Hint: hint}
}

// maxShown bounds what an error repeats of text that came from outside.
const maxShown = 80

// shown quotes text from outside for an error message.
func shown(s string) string {
	if len(s) > maxShown {
		s = strings.ToValidUTF8(s[:maxShown], "") + "…"
	}
	return fmt.Sprintf("%q", s)
}

const (
	hintDamaged   = "the quote is damaged or was altered: fetch it again, and if that does not help use another pod"
	hintUntrusted = "do not trust this machine: use another pod"
)
