package client

import (
	"context"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/protocol"
)

// Trace is called back as a request goes its way, from the goroutines that carry it. Any field may be nil.
type Trace struct {
	// PodSelected: this pod will be asked, under this offer. Called again for each pod the request fails over to.
	PodSelected func(protocol.PodRecord, protocol.Offer)
	// Verified: the selected pod's evidence holds, and says this.
	Verified func(attest.Claims)
	// PodRefused: this pod gets no request, or did not serve it.
	PodRefused func(protocol.Address, error)
	// SessionOpening: this order, signed by the owner, goes along with the request.
	SessionOpening func(protocol.SignedOpen)
	// Sealed: so many bytes of body became so many bytes on the wire.
	Sealed func(plainBytes, sealedBytes int)
	// Answer: the pod answered, inside the envelope, with this status.
	Answer func(status int)
	// Receipt: the answer is complete, its receipt verified and stored.
	Receipt func(protocol.SignedReceipt)
}

type traceKey struct{}

// WithTrace has requests made with the context call t.
func WithTrace(ctx context.Context, t *Trace) context.Context {
	return context.WithValue(ctx, traceKey{}, t)
}

func traceOf(ctx context.Context) *Trace {
	t, _ := ctx.Value(traceKey{}).(*Trace)
	if t == nil {
		t = &Trace{}
	}
	return t
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
