package chain

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"net/url"
	"strings"
	"time"

	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/ethclient"
	"github.com/ethereum/go-ethereum/rpc"
)

// RevertError says that a contract refused something.
type RevertError struct {
	What   string // what was tried
	Name   string // name of the contract's custom error such as "BadSequence", or empty
	Detail string // its arguments, or the reason in text
}

func (e *RevertError) Error() string {
	text := e.What + ": the contract refuses"
	if e.Name != "" {
		text += ": " + e.Name
	}
	if e.Detail != "" {
		text += " (" + e.Detail + ")"
	}
	if hint := hints[e.Name]; hint != "" {
		text += ": " + hint
	}
	return text
}

// IsRevert reports whether err is a contract's refusal with the custom error of that name.
func IsRevert(err error, name string) bool {
	var revert *RevertError
	return errors.As(err, &revert) && revert.Name == name
}

// hints say what the contracts' errors mean and what to do.
var hints = map[string]string{
	"ZeroAmount":                       "there is nothing to move",
	"ZeroAddress":                      "name an account",
	"BadRecipient":                     "tokens sent to the escrow itself would be lost",
	"InsufficientBalance":              "the unlocked balance is lower; close sessions, and release them after they expire",
	"NoSession":                        "the session was never opened, or has been released",
	"NotParty":                         "only the session's owner or signer may",
	"NotExpired":                       "it can be released once that has passed: wait, or, if it is not closing yet, ask for its close first, which ends it within an hour",
	"UnknownPod":                       "register the pod first",
	"IdentityRevoked":                  "governance has revoked the enclave's measurement or its platform: nothing of it settles any more; users withdraw freely",
	"IdentityTaken":                    "an identity speaks for one pod only: restart the pod",
	"IdentityNotAdmitted":              "show a quote of the identity first",
	"BadReportData":                    "the quote was made for another pod, operator, network, identity or block",
	"StaleQuote":                       "have the pod quote again, over a recent block",
	"StaleBlock":                       "the chain does not know this block, or not any more: have the pod quote again, over a recent block",
	"BadHeader":                        "the block header is of a form that the contract does not know",
	"TdxNotVerified":                   "quotes of TDX guests are not verified on chain yet: TDX pods register on development chains only",
	"WrongStake":                       "a place on the registry has a price, paid once",
	"TooManyPods":                      "this machine carries as many pods as one may: retire one of them",
	"StakeLocked":                      "wait until the delay after retiring is over",
	"NotRetired":                       "retire the pod first",
	"BadCertificate":                   "this is no PCK certificate of Intel's form",
	"BadCertificateSignature":          "the PCK certificate is not of Intel's PCK CAs, or not of those that this network was deployed with",
	"CertificateExpired":               "the platform's PCK certificate must be renewed",
	"MachineIsRevoked":                 "governance has revoked this machine",
	"PlatformIsRevoked":                "governance has revoked this platform",
	"UnknownPlatform":                  "register the platform's PCK certificate first",
	"BelowFloor":                       "the platform's microcode is older than governance allows for its model, or governance has no floor for the model yet",
	"BadQuotingEnclave":                "the quoting enclave is not Intel's, or older than governance allows",
	"DebugEnclave":                     "a DEBUG enclave's host can read its memory: no pod may be one",
	"BadAttributes":                    "the enclave's attributes are not those of a pod",
	"MeasurementNotActive":             "governance does not allow this measurement (any more): phallama policy show lists those that it does",
	"WrongProduct":                     "the enclave's product id or security version is not the measurement's",
	"NotIntelsKeys":                    "off development chains the verifier takes Intel's CA keys only",
	"DelayTooShort":                    "off development chains additions wait at least 48 hours",
	"NotGovernor":                      "only the timelock may: propose it (phallama policy propose)",
	"NotGovernance":                    "only the guardian or the timelock may",
	"WrongStatus":                      "a revocation is final, and only an active measurement can be deprecated",
	"FloorLowered":                     "the guardian may raise a floor only: propose to lower or to add one",
	"QeFloorLowered":                   "the guardian may raise it only: propose to lower it",
	"TimelockUnexpectedOperationState": "it is not ready yet, was executed already, or was never proposed",
	"TimelockInsufficientDelay":        "the delay is shorter than the timelock's",
	"AccessControlUnauthorizedAccount": "this account does not have the role: use the proposer's key",
	"IdentityExpired":                  "publish a fresh registration of the pod first",
	"BadSequence":                      "another batch was settled meanwhile",
	"BadBatchSignature":                "the registry does not know the enclave identity that signed it as one of this pod; publish its registration first",
	"PodExists":                        "update the pod instead",
	"NotOperator":                      "use the wallet that registered the pod",
	"BadIdentity":                      "the pod gave no identity",
	"BadLifetime":                      "the clocks of pod and chain may differ",
	"BadSignature":                     "it is not signed by whom it must be, or for another escrow or chain",
	"BadNonce":                         "this order's number is used already, or outside the account's window: sign it anew",
	"Late":                             "its deadline has passed: sign it anew",
	"BadCloseSignature":                "no identity of the pod signed that close",
	"BadRow":                           "the session's signer did not allow that charge, or the session is over",
	"PermitUsed":                       "this permit was deposited by already: sign another",
	"IsPaused":                         "governance's guardian has stopped deposits and openings; closing, releasing and withdrawing go on",
	"UnsupportedToken":                 "the token moved another amount than it was asked to",
	"ERC2612ExpiredSignature":          "the permit's deadline has passed: sign another",
	"ERC2612InvalidSigner":             "the holder did not sign this permit",
	"NoOffers":                         "configure a price for at least one model",
	"StaleEpoch":                       "a newer key config is published already",
	"NotMinter":                        "only the account that deployed the token may mint",
	"ERC20InsufficientBalance":         "the account holds fewer tokens",
	"ERC20InsufficientAllowance":       "approve the escrow first",
}

// failed explains an error of the node or of the way to it.
func (c *Client) failed(what string, err error) error {
	if data, ok := ethclient.RevertErrorData(err); ok {
		return c.revert(what, data)
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("chain at %s: %s: %w", c.url, what, err)
	}
	var answer rpc.Error
	if errors.As(err, &answer) {
		return fmt.Errorf("chain at %s: %s: %w", c.url, what, err)
	}
	var status rpc.HTTPError
	if errors.As(err, &status) {
		return fmt.Errorf("chain at %s: %s: it answers HTTP %s: check the profile's rpc", c.url, what, status.Status)
	}
	var request *url.Error
	if errors.As(err, &request) {
		err = request.Err // the rest holds the whole URL
	}
	return fmt.Errorf("chain not reachable at %s: %s: %w: check that it runs, and the profile's rpc", c.url, what, err)
}

// isAnswer reports whether the node itself refused, so that it was reached.
func isAnswer(err error) bool {
	var answer rpc.Error
	return errors.As(err, &answer)
}

// timeBits is the size of times in the contracts, which are Unix seconds, and of nothing else.
const timeBits = 40

// revert decodes the return data of a reverted call.
func (c *Client) revert(what string, data []byte) error {
	e := &RevertError{What: what}
	if reason, err := abi.UnpackRevert(data); err == nil {
		e.Detail = reason
		return e
	}
	if len(data) < 4 || c.escrowABI == nil {
		return e
	}
	for _, contract := range []abi.ABI{c.escrowABI.GetABI(), c.registryABI.GetABI(), c.verifierABI.GetABI(), c.timelockABI.GetABI(), c.tokenABI.GetABI()} {
		custom, err := contract.ErrorByID([4]byte(data[:4]))
		if err != nil {
			continue
		}
		e.Name = custom.Name
		values, err := custom.Inputs.Unpack(data[4:])
		if err != nil {
			return e
		}
		parts := make([]string, len(values))
		for i, v := range values {
			if word, ok := v.([32]byte); ok {
				v = fmt.Sprintf("0x%x", word)
			}
			if at, ok := v.(*big.Int); ok && custom.Inputs[i].Type.Size == timeBits {
				v = time.Unix(at.Int64(), 0).UTC().Format(time.DateTime + " MST")
			}
			parts[i] = fmt.Sprintf("%s %v", custom.Inputs[i].Name, v)
		}
		e.Detail = strings.Join(parts, ", ")
		return e
	}
	e.Detail = fmt.Sprintf("unknown error 0x%x", data[:4])
	return e
}
