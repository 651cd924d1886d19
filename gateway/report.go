package gateway

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/phallama/phallama/protocol"
)

// Request is what became of one request that pods were to answer. It holds nothing of what was asked or answered.
type Request struct {
	Time    time.Time        `json:"time"` // it came
	Path    string           `json:"path"`
	Status  int              `json:"status"`
	Key     string           `json:"key,omitempty"`   // name of the gateway's key that it came with
	Model   string           `json:"model,omitempty"` // as the offer names it; without an offer, empty
	Pod     protocol.Address `json:"pod,omitzero"`
	In      uint32           `json:"in"` // tokens, as the receipt has them; without one, 0
	Out     uint32           `json:"out"`
	Cost    protocol.Amount  `json:"cost"` // base units, as the receipt has it
	Receipt protocol.Hash    `json:"receipt,omitzero"`
	Took    time.Duration    `json:"-"`
	Seconds float64          `json:"seconds"` // Took
	Err     error            `json:"-"`
	Error   string           `json:"error,omitempty"` // Err's text
}

var errGone = errors.New("the program went away before the end; what was generated may be billed")

func (n *note) request(path string) Request {
	took := time.Since(n.start)
	r := Request{
		Time: n.start, Path: path, Status: n.status, Key: n.key, Model: n.offer.Model, Pod: n.offer.Pod,
		Took: took, Seconds: took.Round(time.Millisecond).Seconds(), Err: n.err,
	}
	if n.receipt != nil {
		r.In, r.Out, r.Cost, r.Receipt = n.receipt.Usage.In, n.receipt.Usage.Out, n.receipt.Cost, n.receipt.HashStruct()
	}
	if r.Status == http.StatusOK && n.receipt == nil && (n.err == nil || errors.Is(n.err, context.Canceled)) { // neither proven nor broken off
		r.Status, r.Err = statusClientGone, errGone
	}
	if r.Err != nil {
		r.Error = r.Err.Error()
	}
	return r
}
