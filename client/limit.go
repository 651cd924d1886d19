package client

import (
	"context"
	"slices"

	"github.com/phallama/phallama/protocol"
)

// Limit holds requests to what whoever makes them may ask for and spend, where one client carries requests of several.
// Its functions are called by many at once, from the goroutines that carry requests. Any field may be nil.
type Limit struct {
	// Model: the request is for this model. An error refuses it before anything else is done.
	Model func(name string) error
	// Pay: after this the pod may bill this request, once and at most so much. Called for each pod that a request goes to, with
	// an id of its own, and again under the same id where it is signed anew. An error ends the request, unsigned.
	Pay func(id protocol.RequestID, most protocol.Amount) error
	// Paid: the request's bill is known; zero, if there will be none. Where it is not called the pod may have billed the request
	// or may yet: its receipt, once there is one, is among those of Client.Receipts.
	Paid func(id protocol.RequestID, cost protocol.Amount)
}

type limitKey struct{}

// WithLimit has requests made with the context held to l.
func WithLimit(ctx context.Context, l *Limit) context.Context {
	return context.WithValue(ctx, limitKey{}, l)
}

func limitOf(ctx context.Context) *Limit {
	l, _ := ctx.Value(limitKey{}).(*Limit)
	if l == nil {
		l = &Limit{}
	}
	return l
}

func (l *Limit) model(name string) error {
	if l.Model == nil {
		return nil
	}
	return l.Model(name)
}

func (l *Limit) pay(id protocol.RequestID, most protocol.Amount) error {
	if l.Pay == nil {
		return nil
	}
	return l.Pay(id, most)
}

func (l *Limit) paid(id protocol.RequestID, cost protocol.Amount) {
	if l.Paid != nil {
		l.Paid(id, cost)
	}
}

// freed tells whether the pod cannot bill the request any more: it was not sent, or the pod said that it did nothing.
func (a *attempt) freed() bool { return a.held == nil || a.held.released }

// ListedModel finds the first entry of a list of models that allows a model, by its name, pinned to a digest or not. An
// entry that is pinned allows only what is pinned to the same digest.
func ListedModel(list []string, asked protocol.ModelName) (entry string, ok bool) {
	i := slices.IndexFunc(list, func(text string) bool {
		m, err := protocol.ParseModelName(text)
		return err == nil && m.Same(asked.Name) && (m.Digest == nil || asked.Digest != nil && *m.Digest == *asked.Digest)
	})
	if i < 0 {
		return "", false
	}
	return list[i], true
}
