package dcap

import (
	"fmt"
	"strings"
	"time"
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
	CheckFormat     = Check{Name: "quote-format", Sentence: "The quote is a well-formed ECDSA quote of an SGX enclave or a TDX guest, with nothing left over."}
	CheckCollateral = Check{Name: "collateral-format", Sentence: "Intel's collateral for the platform is there, complete and well-formed."}

	CheckTrustAnchor  = Check{Name: "trust-anchor", Sentence: "All certificate chains end in the pinned root certificate, byte for byte."}
	CheckPCKChain     = Check{Name: "pck-chain", Sentence: "Root, PCK CA and PCK certificate are named, marked and signed as Intel's profile asks."}
	CheckPCKExtension = Check{Name: "pck-extension", Sentence: "The PCK certificate's SGX extension is complete and well-formed."}
	CheckTCBSigner    = Check{Name: "tcb-signing-chain", Sentence: "TCB info and QE identity come with Intel's TCB signing certificate, issued by the root."}
	CheckValidity     = Check{Name: "certificate-validity", Sentence: "All certificates are inside their validity period."}

	CheckCRLSignature = Check{Name: "crl-signature", Sentence: "The root signed the root's revocation list, and the CA that issued the PCK certificate signed that of the PCK certificates."}
	CheckCRLValidity  = Check{Name: "crl-validity", Sentence: "Both revocation lists are current."}
	CheckRevocation   = Check{Name: "revocation", Sentence: "Neither PCK certificate, PCK CA nor TCB signing certificate is revoked."}

	CheckTCBInfoSignature = Check{Name: "tcb-info-signature", Sentence: "The TCB signing key signed the TCB info, byte for byte."}
	CheckTCBInfoValidity  = Check{Name: "tcb-info-validity", Sentence: "The TCB info is current."}
	CheckTCBInfoPlatform  = Check{Name: "tcb-info-platform", Sentence: "The TCB info is about this model of platform and this provisioning enclave."}

	CheckQEIdentitySignature = Check{Name: "qe-identity-signature", Sentence: "The TCB signing key signed the QE identity, byte for byte."}
	CheckQEIdentityValidity  = Check{Name: "qe-identity-validity", Sentence: "The QE identity is current."}

	CheckQESignature    = Check{Name: "qe-report-signature", Sentence: "The PCK key signed the quoting enclave's report."}
	CheckQESigner       = Check{Name: "qe-signer", Sentence: "The quoting enclave is Intel's: its signer and product id are the pinned ones."}
	CheckQEAttributes   = Check{Name: "qe-attributes", Sentence: "The quoting enclave is initialised, may provision, and is not a debug enclave."}
	CheckQEIdentity     = Check{Name: "qe-identity", Sentence: "The quoting enclave is as Intel's signed QE identity describes it."}
	CheckQEBinding      = Check{Name: "qe-report-binding", Sentence: "The quoting enclave's report binds the attestation key."}
	CheckAttestationKey = Check{Name: "attestation-key", Sentence: "The attestation key is a point on P-256."}
	CheckQuoteSignature = Check{Name: "quote-signature", Sentence: "The attestation key signed the quote's header and the report of the enclave or guest."}

	CheckTDXModule = Check{Name: "tdx-module", Sentence: "The TDX module is Intel's, at a version that Intel's TCB info knows."} // TDX only
	CheckQETCB     = Check{Name: "qe-tcb", Sentence: "Intel's QE identity has a level for the quoting enclave's security version, and has not revoked it."}
	CheckTCB       = Check{Name: "tcb-status", Sentence: "Intel's TCB info has a level for the platform's security versions, and has not revoked it."}
)

// CheckError says which check refused, what was expected, what came, and what a
// person can do about it.
type CheckError struct {
	Check string // name of the check, for example "quote-signature"
	Want  string
	Got   string
	Hint  string
	// From and Until are set where something is outside the period for which it is
	// good: a certificate, a revocation list, TCB info, a QE identity.
	From, Until time.Time
	// Passed are the checks that were made before this one, in their order.
	Passed []Check
}

// Error implements error.
func (e *CheckError) Error() string {
	return fmt.Sprintf("attestation check %s failed: expected %s, got %s; %s", e.Check, e.Want, e.Got, e.Hint)
}

func (c Check) failed(want, got, hint string) *CheckError {
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
	hintClock     = "check this machine's clock; if it is right, the pod must renew its platform's certificates"
	hintStale     = "check this machine's clock; if it is right, fetch the collateral again (phallama collateral fetch)"
	hintRefetch   = "fetch the collateral again (phallama collateral fetch), from Intel if it came from elsewhere"
	hintUntrusted = "do not trust this machine: use another pod"
)
