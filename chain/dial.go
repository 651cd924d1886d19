package chain

import (
	"errors"
	"fmt"
)

// Step is one of those that Dial takes, in this order.
type Step string

// The steps of Dial.
const (
	StepReach     Step = "reach"     // a node answers at the URL
	StepChain     Step = "chain"     // its chain is the profile's
	StepContracts Step = "contracts" // and so are the contracts on it
)

// DialError says at which step Dial failed, the furthest where the profile has several URLs.
type DialError struct {
	Step Step
	Err  error
}

func (e *DialError) Error() string { return e.Err.Error() }
func (e *DialError) Unwrap() error { return e.Err }

// mismatchError is what was found of contracts that are not the profile's.
type mismatchError struct{ text string }

func (e *mismatchError) Error() string { return e.text }

func mismatch(format string, args ...any) error {
	return &mismatchError{fmt.Sprintf(format, args...)}
}

// isAboutContracts reports whether the node answered, and its answer shows other contracts than those of this version.
func isAboutContracts(err error) bool {
	var other *mismatchError
	var revert *RevertError
	return errors.As(err, &other) || errors.As(err, &revert) || errors.Is(err, errUnexpected)
}
