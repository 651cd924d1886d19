package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"sync/atomic"
	"time"
)

// fault is what goes wrong with one query.
type fault int

const (
	none         fault = iota
	abortWaiting       // the user gives up after a while, wherever the answer is then
	abortReading       // the user closes the answer after some bytes
	lostRequest        // the network fails before the request is sent: the client sends it again under the same id
	lostAnswer         // the pod answers to nobody: the client asks again under the same id
	cutAnswer          // the network breaks in the middle of the answer
	doubled            // the network delivers the same bytes twice
	faults
)

var faultNames = [faults]string{"none", "given up while waiting", "closed while reading", "requests lost", "answers lost", "answers cut", "requests doubled"}

// draw is seven times of ten no fault.
func draw(r *rand.Rand) fault {
	if r.IntN(10) < 7 {
		return none
	}
	return 1 + fault(r.IntN(int(faults)-1))
}

// accident is a fault on its way to happen once: to the request itself, or to whatever goes over the wire first, which
// can be a question for a receipt.
type accident struct {
	fault fault
	after int         // bytes
	armed atomic.Bool // from now on it may happen
	done  atomic.Bool
}

type accidentKey struct{}

// wire carries sealed requests, with the accidents that their contexts hold.
type wire struct {
	*http.Transport
	happened [faults]atomic.Int64
}

func newWire(connections int) *wire {
	return &wire{Transport: &http.Transport{
		DialContext:         (&net.Dialer{Timeout: 5 * time.Second}).DialContext,
		DisableCompression:  true,
		MaxIdleConnsPerHost: connections,
	}}
}

var errWire = errors.New("the network broke (on purpose)")

func (w *wire) RoundTrip(req *http.Request) (*http.Response, error) {
	a, _ := req.Context().Value(accidentKey{}).(*accident)
	if a == nil || a.fault < lostRequest || !a.armed.Load() || !a.done.CompareAndSwap(false, true) {
		return w.Transport.RoundTrip(req)
	}
	w.happened[a.fault].Add(1)
	switch a.fault {
	case lostRequest:
		req.Body.Close()
		return nil, errWire
	case lostAnswer:
		res, err := w.Transport.RoundTrip(req)
		if err != nil {
			return nil, err
		}
		// Now and then it is answered in full, else the pod sees the connection go.
		_, _ = io.CopyN(io.Discard, res.Body, int64(a.after)*20)
		res.Body.Close()
		return nil, errWire
	case doubled:
		body, err := io.ReadAll(req.Body)
		if err != nil {
			return nil, err
		}
		req.Body.Close()
		copied := req.Clone(context.WithoutCancel(req.Context()))
		copied.Body = io.NopCloser(bytes.NewReader(body))
		req.Body = io.NopCloser(bytes.NewReader(body))
		go func() {
			if res, err := w.Transport.RoundTrip(copied); err == nil {
				_, _ = io.Copy(io.Discard, res.Body)
				res.Body.Close()
			}
		}()
		return w.Transport.RoundTrip(req)
	}
	res, err := w.Transport.RoundTrip(req)
	if err == nil {
		res.Body = &cutBody{res.Body, a.after}
	}
	return res, err
}

// cutBody breaks off after some bytes.
type cutBody struct {
	io.ReadCloser
	left int
}

func (b *cutBody) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errWire
	}
	n, err := b.ReadCloser.Read(p[:min(len(p), b.left)])
	b.left -= n
	return n, err
}
