package gateway

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"strconv"
	"time"

	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/protocol"
)

// maxWhole bounds an answer that is not streamed, which is held until it is proven.
const maxWhole = 32 << 20

// note is what one request's log line says.
type note struct {
	start   time.Time
	status  int
	offer   protocol.Offer
	receipt *protocol.Receipt
	err     error
	key     string // its name
}

// ask has one request answered by a pod.
func (g *gateway) ask(w http.ResponseWriter, r *http.Request) {
	n := &note{start: time.Now()}
	ctx := context.WithValue(r.Context(), noteKey{}, n)
	if key := keyFrom(ctx); key != nil {
		n.key, ctx = key.Name, g.keys.limited(ctx)
	}
	ctx = client.WithTrace(ctx, &client.Trace{
		PodSelected: func(_ protocol.PodRecord, o protocol.Offer) { n.offer = o },
		Receipt:     func(receipt protocol.SignedReceipt) { n.receipt = &receipt.Receipt },
	})
	defer func() {
		attrs := []any{"path", r.URL.Path, "status", n.status, "took", time.Since(n.start).Round(time.Millisecond)}
		if n.key != "" {
			attrs = append(attrs, "key", n.key)
		}
		if !n.offer.Pod.IsZero() {
			attrs = append(attrs, "model", n.offer.Model, "pod", n.offer.Pod)
		}
		if n.receipt != nil {
			attrs = append(attrs, "in", n.receipt.Usage.In, "out", n.receipt.Usage.Out, "cost", n.receipt.Cost)
		}
		level := slog.LevelInfo
		if n.err != nil {
			level, attrs = slog.LevelWarn, append(attrs, "err", n.err)
		}
		g.log.Log(ctx, level, "request", attrs...)
		if g.report != nil {
			g.report(n.request(r.URL.Path))
		}
	}()
	select {
	case g.places <- struct{}{}:
		defer func() { <-g.places }()
	default:
		w.Header().Set("Retry-After", "1")
		fail(w, r.WithContext(ctx), &routeError{http.StatusServiceUnavailable, "the gateway has " + strconv.Itoa(cap(g.places)) + " requests on their way, which is all it takes at once: try again when one is over"})
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, client.MaxBody)
	g.proxy.ServeHTTP(w, r.WithContext(ctx))
}

var errEmpty = errors.New("the pod's answer is empty: nothing was generated; try again")

// prove lets nothing out that may turn out not to be an answer: one that is not streamed is held until its receipt is
// verified, a stream until its first bytes are there.
func (g *gateway) prove(res *http.Response) error {
	n := noteOf(res.Request.Context())
	n.status = res.StatusCode
	if res.StatusCode != http.StatusOK {
		return nil
	}
	media, _, _ := mime.ParseMediaType(res.Header.Get("Content-Type"))
	if media != "application/x-ndjson" && media != "text/event-stream" {
		return proveWhole(res, n)
	}
	api := apiOf(res.Request.URL.Path)
	cut := &pieces{src: res.Body, api: api, sse: media == "text/event-stream", since: n.start}
	if api.labels() {
		cut.label = func(object []byte) []byte { return labelled(object, res) }
	}
	res.Body = cut
	first := make([]byte, 32<<10)
	size, err := res.Body.Read(first)
	switch {
	case size > 0:
	case err == io.EOF, err == nil:
		return errEmpty
	default:
		return err
	}
	res.Body = &stream{src: res.Body, api: api, sse: media == "text/event-stream", ready: first[:size], err: err, note: n}
	return nil
}

func proveWhole(res *http.Response, n *note) error {
	whole, err := io.ReadAll(io.LimitReader(res.Body, maxWhole+1))
	switch {
	case err != nil:
		return err
	case len(whole) > maxWhole:
		return errors.New("the pod's answer is longer than " + strconv.Itoa(maxWhole) + " bytes: ask for it as a stream")
	case len(whole) == 0:
		return errEmpty
	}
	if err := res.Body.Close(); err != nil {
		return err
	}
	api := apiOf(res.Request.URL.Path)
	if api == ollama {
		took := max(time.Since(n.start), 1)
		whole = withDurations(whole, took, took)
	}
	if api.labels() {
		whole = labelled(whole, res)
	}
	for name, values := range res.Trailer { // known by now, so that they can be said up front
		res.Header[name] = values
	}
	res.Trailer = nil
	res.Header.Set("Content-Length", strconv.Itoa(len(whole)))
	res.ContentLength = int64(len(whole))
	res.Body = io.NopCloser(bytes.NewReader(whole))
	return nil
}
