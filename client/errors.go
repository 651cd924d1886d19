package client

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/phallama/phallama/protocol"
)

// What callers branch on. The typed errors below hold the facts and match these with errors.Is.
var (
	// ErrRequest says that a request is not one that can be sent: *RequestError.
	ErrRequest = errors.New("request cannot be sent")
	// ErrUnknownModel says that no pod lists the model: *UnknownModelError.
	ErrUnknownModel = errors.New("unknown model")
	// ErrInsufficientFunds says that the owner's balance does not cover the request: *FundsError.
	ErrInsufficientFunds = errors.New("insufficient funds")
	// ErrNoPod says that every pod that lists the model was refused or did not serve: *NoPodError.
	ErrNoPod = errors.New("no pod")
	// ErrChain says that the chain could not be read: *ChainError.
	ErrChain = errors.New("chain not reachable")
	// ErrAnswer says that an answer is not complete and proven, and must not be used: *AnswerError, *ReceiptError.
	ErrAnswer = errors.New("answer not proven")
	// ErrNoBill says that a pod has no bill for a request, or no longer.
	ErrNoBill = errors.New("the pod has no such receipt")
	// ErrLocked says that another process uses the state directory.
	ErrLocked = errors.New("state directory is in use")
)

// RequestError says why a request was refused before anything was spent.
type RequestError struct {
	Status int // the HTTP status that it deserves
	Reason string
}

func (e *RequestError) Error() string        { return e.Reason }
func (e *RequestError) Is(target error) bool { return target == ErrRequest }

// UnknownModelError says which models there are instead.
type UnknownModelError struct {
	Model   string
	Known   []string // names
	Digests []string // where the model was pinned to a digest: those on offer under its name
}

// NewUnknownModelError is one whose lists are in order and say each thing once.
func NewUnknownModelError(model string, known, digests []string) *UnknownModelError {
	slices.Sort(known)
	slices.Sort(digests)
	return &UnknownModelError{Model: model, Known: slices.Compact(known), Digests: slices.Compact(digests)}
}

func (e *UnknownModelError) Error() string {
	if n := len(e.Digests); n > 0 {
		return fmt.Sprintf("model %.200q not found: under this name pods offer %s%s", e.Model, strings.Join(e.Digests[:min(n, maxListed)], ", "), more(n))
	}
	if len(e.Known) == 0 {
		return fmt.Sprintf("model %.200q not found: no pod on the registry lists any model; try later, or look at `phallama pods`", e.Model)
	}
	return fmt.Sprintf("model %.200q not found: pods list %s%s", e.Model, strings.Join(e.Known[:min(len(e.Known), maxListed)], ", "), more(len(e.Known)))
}

func (e *UnknownModelError) Is(target error) bool { return target == ErrUnknownModel }

// FundsError says what a request needs and what there is, in base units.
type FundsError struct {
	Owner     protocol.Address
	Pod       protocol.Address
	Need      protocol.Amount  // to be locked for this request
	Available protocol.Amount  // neither locked nor promised to other sessions, and within the key's budget
	Key       protocol.Address // whose budget is asked, where not the owner itself pays
	Reason    string           // why the key can lock nothing more, whatever is available
}

func (e *FundsError) Error() string {
	if e.Reason != "" {
		return fmt.Sprintf("insufficient funds: key %s of %s: %s", e.Key.Short(), e.Owner.Short(), e.Reason)
	}
	if !e.Key.IsZero() {
		return fmt.Sprintf("insufficient funds: the request needs %s tokens locked for pod %s, and key %s of %s has %s left, or its owner has: ask the owner for more, or ask for fewer tokens",
			e.Need.Tokens(), e.Pod.Short(), e.Key.Short(), e.Owner.Short(), e.Available.Tokens())
	}
	return fmt.Sprintf("insufficient funds: the request needs %s tokens locked for pod %s, and %s has %s available: deposit more or wait for a session to end (`phallama wallet`), or ask for fewer tokens",
		e.Need.Tokens(), e.Pod.Short(), e.Owner.Short(), e.Available.Tokens())
}

func (e *FundsError) Is(target error) bool { return target == ErrInsufficientFunds }

// Refusal is a pod that got no request, or did not serve one, and why.
type Refusal struct {
	Pod    protocol.Address
	Reason error
}

// NoPodError lists every pod that was considered. The reason of one that the user's choice excludes is an *ExcludedError.
type NoPodError struct {
	Model   string
	Refused []Refusal
}

func (e *NoPodError) Error() string {
	var reasons strings.Builder
	for _, r := range e.Refused[:min(len(e.Refused), maxListed)] {
		fmt.Fprintf(&reasons, "; pod %s: %v", r.Pod.Short(), r.Reason)
	}
	return fmt.Sprintf("no pod can answer for model %.200q%s%s%s", e.Model, reasons.String(), more(len(e.Refused)), nearest(e.Refused))
}

func (e *NoPodError) Is(target error) bool { return target == ErrNoPod }

// ChainError says what could not be read from the chain.
type ChainError struct {
	What string
	Err  error
}

func (e *ChainError) Error() string {
	return fmt.Sprintf("chain not reachable: reading %s: %v: check that the network's RPC endpoint is up", e.What, e.Err)
}

func (e *ChainError) Is(target error) bool { return target == ErrChain }
func (e *ChainError) Unwrap() error        { return e.Err }

// PodError is a verified pod's own refusal. Unless the problem holds a receipt, nothing was billed.
type PodError struct {
	Pod     protocol.Address
	Problem protocol.Problem
}

func (e *PodError) Error() string { return fmt.Sprintf("pod %s: %v", e.Pod.Short(), &e.Problem) }

// AnswerError says that an exchange broke off: before an answer began, or before its authenticated end. What was
// generated before that may be billed; the receipt is fetched before the session's next request.
type AnswerError struct {
	Pod   protocol.Address
	Bytes int64 // of the answer that arrived before
	Err   error
}

func (e *AnswerError) Error() string {
	if e.Bytes == 0 {
		return fmt.Sprintf("pod %s: no answer: %v: try again; if the pod did answer, its receipt is fetched before the next request", e.Pod.Short(), e.Err)
	}
	return fmt.Sprintf("pod %s: the answer broke off after %d bytes: %v: it is not complete; try again", e.Pod.Short(), e.Bytes, e.Err)
}

func (e *AnswerError) Is(target error) bool { return target == ErrAnswer }
func (e *AnswerError) Unwrap() error        { return e.Err }

// ReceiptError says in what a receipt does not hold. Nothing more is paid to its pod.
type ReceiptError struct {
	Pod   protocol.Address
	Field string
	Want  string
	Got   string
}

func (e *ReceiptError) Error() string {
	return fmt.Sprintf("pod %s: its receipt does not hold: %s: expected %s, got %s: nothing more is paid to this pod; `phallama receipts` shows what it charged",
		e.Pod.Short(), e.Field, e.Want, e.Got)
}

func (e *ReceiptError) Is(target error) bool { return target == ErrAnswer }

// What an error shows of things that came from outside.
const (
	maxListed = 20
	maxShown  = 500 // characters
)

func more(n int) string {
	if n <= maxListed {
		return ""
	}
	return fmt.Sprintf(" and %d more", n-maxListed)
}

// printable is text from outside that may be shown on a terminal.
func printable(text string, most int) string {
	var b strings.Builder
	for _, r := range text {
		if most--; most < 0 {
			break
		}
		if !unicode.IsGraphic(r) {
			r = unicode.ReplacementChar
		}
		b.WriteRune(r)
	}
	return b.String()
}

// unserved marks a failure after which the same request may go to another pod.
type unserved struct{ error }

func (e unserved) Unwrap() error { return e.error }

func tooLarge(limit int) error {
	return &RequestError{Status: http.StatusRequestEntityTooLarge, Reason: fmt.Sprintf("the request body is too large: at most %d bytes fit into a sealed request", limit)}
}

// RetryAfter is when what made a request fail may be over, by the word of whoever said so first: the pods that were asked,
// or the relays to them. 0: nobody did.
func RetryAfter(err error) (soonest time.Duration) {
	var (
		pod   *PodError
		relay *relayError
		none  *NoPodError
	)
	switch {
	case errors.As(err, &relay):
		return relay.wait
	case errors.As(err, &pod):
		return time.Duration(min(max(0, pod.Problem.RetryAfter), 1<<20)) * time.Second
	case errors.As(err, &none):
		for _, r := range none.Refused {
			if wait := RetryAfter(r.Reason); wait > 0 && (soonest == 0 || wait < soonest) {
				soonest = wait
			}
		}
	}
	return soonest
}
