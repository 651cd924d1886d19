package client

import (
	"context"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/protocol"
)

// Trace is called back as a request goes its way, from the goroutines that carry it. Any field may be nil.
type Trace struct {
	// Chosen: these pods list the model, in the order in which they would be asked, and after them those that the user's choice
	// excludes.
	Chosen func([]Candidate)
	// PodSelected: this pod will be asked, under this offer. Called again for each pod the request fails over to.
	PodSelected func(protocol.PodRecord, protocol.Offer)
	// Verified: the selected pod's evidence holds, and says this.
	Verified func(attest.Claims)
	// PodRefused: this pod gets no request, or did not serve it.
	PodRefused func(protocol.Address, error)
	// SessionOpening: this order, signed by the owner, goes along with the request.
	SessionOpening func(protocol.SignedOpen)
	// LowFunds: with this request paid for, so many base units are left that can be spent on further ones like it, and last for
	// so many of them: fewer than Config.LowFunds.
	LowFunds func(left protocol.Amount, requests int)
	// Sealed: so many bytes of body became so many bytes on the wire.
	Sealed func(plainBytes, sealedBytes int)
	// Answer: the pod answered, inside the envelope, with this status.
	Answer func(status int)
	// Receipt: the answer is complete, its receipt verified and stored.
	Receipt func(protocol.SignedReceipt)
}

type traceKey struct{}

// WithTrace has requests made with the context call t, after the trace that the context had before. A nil t silences
// both.
func WithTrace(ctx context.Context, t *Trace) context.Context {
	if t != nil {
		t = joined(traceOf(ctx), t)
	}
	return context.WithValue(ctx, traceKey{}, t)
}

func joined(a, b *Trace) *Trace {
	return &Trace{
		Chosen:         func(all []Candidate) { a.chosen(all); b.chosen(all) },
		LowFunds:       func(left protocol.Amount, requests int) { a.lowFunds(left, requests); b.lowFunds(left, requests) },
		PodSelected:    func(r protocol.PodRecord, o protocol.Offer) { a.podSelected(r, o); b.podSelected(r, o) },
		Verified:       func(c attest.Claims) { a.verified(c); b.verified(c) },
		PodRefused:     func(pod protocol.Address, err error) { a.podRefused(pod, err); b.podRefused(pod, err) },
		SessionOpening: func(o protocol.SignedOpen) { a.sessionOpening(o); b.sessionOpening(o) },
		Sealed:         func(plain, sealed int) { a.sealed(plain, sealed); b.sealed(plain, sealed) },
		Answer:         func(status int) { a.answer(status); b.answer(status) },
		Receipt:        func(r protocol.SignedReceipt) { a.receipt(r); b.receipt(r) },
	}
}

func traceOf(ctx context.Context) *Trace {
	t, _ := ctx.Value(traceKey{}).(*Trace)
	if t == nil {
		t = &Trace{}
	}
	return t
}

func (t *Trace) chosen(all []Candidate) {
	if t.Chosen != nil {
		t.Chosen(all)
	}
}

func (t *Trace) lowFunds(left protocol.Amount, requests int) {
	if t.LowFunds != nil {
		t.LowFunds(left, requests)
	}
}

func (t *Trace) podSelected(r protocol.PodRecord, o protocol.Offer) {
	if t.PodSelected != nil {
		t.PodSelected(r, o)
	}
}

func (t *Trace) verified(c attest.Claims) {
	if t.Verified != nil {
		t.Verified(c)
	}
}

func (t *Trace) podRefused(pod protocol.Address, err error) {
	if t.PodRefused != nil {
		t.PodRefused(pod, err)
	}
}

func (t *Trace) sessionOpening(o protocol.SignedOpen) {
	if t.SessionOpening != nil {
		t.SessionOpening(o)
	}
}

func (t *Trace) sealed(plain, sealed int) {
	if t.Sealed != nil {
		t.Sealed(plain, sealed)
	}
}

func (t *Trace) answer(status int) {
	if t.Answer != nil {
		t.Answer(status)
	}
}

func (t *Trace) receipt(r protocol.SignedReceipt) {
	if t.Receipt != nil {
		t.Receipt(r)
	}
}
