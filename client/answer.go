package client

import (
	"context"
	"crypto/sha256"
	"errors"
	"hash"
	"io"
	"net/http"
	"sync/atomic"

	"github.com/phallama/phallama/meter"
	"github.com/phallama/phallama/protocol"
)

var errEngine = errors.New("the pod's engine failed, and nothing is billed")

// answer is the response to an application, whose body proves itself at its end.
func (c *Client) answer(ctx context.Context, a *attempt, inner *http.Response, stop func()) *http.Response {
	res := &http.Response{
		Status: inner.Status, StatusCode: inner.StatusCode, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: a.header(inner.Header), ContentLength: -1,
		Trailer: http.Header{TrailerCost: nil, TrailerReceipt: nil},
	}
	res.Body = &answerBody{
		c: c, held: a.held, pod: a.pod, inner: inner, outer: res, hash: sha256.New(), ctx: ctx, trace: traceOf(ctx), stop: stop,
		meter: meter.New(a.prepared, io.Discard, c.cfg.Now),
	}
	return res
}

// answerBody is an answer as it arrives. Its io.EOF means that the receipt holds and is on disk.
type answerBody struct {
	c     *Client
	held  *reservation
	pod   *verifiedPod
	inner *http.Response
	outer *http.Response
	hash  hash.Hash
	bytes int64
	meter *meter.Meter    // counts as the pod does: what the answer says of itself
	ctx   context.Context // the caller's
	trace *Trace
	stop  func()
	ended atomic.Bool // by its end, an error, or Close, whichever comes first
	err   error       // sticky
}

func (b *answerBody) Read(p []byte) (int, error) {
	if b.err != nil {
		return 0, b.err
	}
	n, err := b.inner.Body.Read(p)
	b.hash.Write(p[:n])
	_, _ = b.meter.Write(p[:n]) // what cannot be metered says nothing
	b.bytes += int64(n)
	if err != nil {
		b.err = b.end(err)
		err = b.err
	}
	return n, err
}

func (b *answerBody) end(err error) error {
	if !b.ended.CompareAndSwap(false, true) {
		return http.ErrBodyReadAfterClose
	}
	defer b.stop()
	if err != io.EOF {
		b.c.leave(b.held)
		if b.bytes > 0 && b.ctx.Err() == nil {
			b.c.failed(b.pod.record.ID, FailureBroken, err)
		}
		return &AnswerError{Pod: b.pod.record.ID, Bytes: b.bytes, Err: err}
	}
	receipt, err := b.c.settle(b)
	if err != nil {
		b.c.leave(b.held)
		var broken *ReceiptError
		if errors.As(err, &broken) {
			b.c.suspect(b.held.session, err)
		}
		return err
	}
	b.outer.Trailer.Set(TrailerCost, receipt.Cost.String())
	b.outer.Trailer.Set(TrailerReceipt, receipt.HashStruct().String())
	limitOf(b.ctx).paid(b.held.open.ID, receipt.Cost)
	b.trace.receipt(receipt)
	b.c.observeAhead(b.held.session)
	switch receipt.Finish {
	case protocol.FinishError:
		return &AnswerError{Pod: b.pod.record.ID, Bytes: b.bytes, Err: errEngine}
	case protocol.FinishAbort: // by whoever carries the bytes
		return &AnswerError{Pod: b.pod.record.ID, Bytes: b.bytes, Err: errors.New("the pod saw the connection closed before the end")}
	}
	return io.EOF
}

// Close gives the answer up if it has not ended: what the pod bills for it is learned later.
func (b *answerBody) Close() error {
	if b.ended.CompareAndSwap(false, true) {
		b.c.leave(b.held)
		b.stop()
	}
	return b.inner.Body.Close()
}

// settle verifies the receipt of a complete answer, and books it.
func (c *Client) settle(b *answerBody) (protocol.SignedReceipt, error) {
	field := b.inner.Trailer.Get(protocol.TrailerReceipt)
	if field == "" {
		return protocol.SignedReceipt{}, &ReceiptError{b.pod.record.ID, "receipt", "one in the answer's trailers", "none"}
	}
	r, err := decodeReceipt(field)
	if err != nil {
		return protocol.SignedReceipt{}, &ReceiptError{b.pod.record.ID, "receipt", "base64url of a receipt's JSON", "something else"}
	}
	seen := &seenAnswer{hash: protocol.Hash(b.hash.Sum(nil)), bytes: b.bytes}
	if said := b.meter.Finish(nil); !said.Counted {
		seen.usage = &said.Usage
	}
	return r, c.bookReceipt(b.held.session, b.held.open, r, seen, b.pod.record.Identity)
}

// maxReceiptField bounds a receipt's trailer.
const maxReceiptField = 8 << 10

func decodeReceipt(field string) (protocol.SignedReceipt, error) {
	if len(field) > maxReceiptField {
		return protocol.SignedReceipt{}, errors.New("too long")
	}
	return protocol.DecodeReceipt(field)
}
