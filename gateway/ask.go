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
}

// ask has one request answered by a pod.
func (g *gateway) ask(w http.ResponseWriter, r *http.Request) {
	n := &note{start: time.Now()}
	ctx := context.WithValue(r.Context(), noteKey{}, n)
	ctx = client.WithTrace(ctx, &client.Trace{
		PodSelected: func(_ protocol.PodRecord, o protocol.Offer) { n.offer = o },
		Receipt:     func(receipt protocol.SignedReceipt) { n.receipt = &receipt.Receipt },
	})
	defer func() {
		attrs := []any{"path", r.URL.Path, "status", n.status, "took", time.Since(n.start).Round(time.Millisecond)}
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
	}()
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
	switch media {
	case "application/x-ndjson":
		res.Body = &timed{src: res.Body, since: n.start}
	case "text/event-stream":
	default:
		return proveWhole(res, n)
	}
	first := make([]byte, 32<<10)
	size, err := res.Body.Read(first)
	switch {
	case size > 0:
	case err == io.EOF, err == nil:
		return errEmpty
	default:
		return err
	}
	res.Body = &stream{src: res.Body, in: apiOf(res.Request.URL.Path), ready: first[:size], err: err, note: n}
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
	if ollama(res.Request.URL.Path) {
		took := max(time.Since(n.start), 1)
		whole = withDurations(whole, took, took)
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

// stream is an answer on its way. When it fails it ends with an error that its reader understands, and then with an
// error of Read, which breaks the connection off.
type stream struct {
	src   io.ReadCloser
	in    api
	ready []byte // to be read before src
	last  byte   // that was read
	err   error  // sticky
	said  bool   // the error's line is in ready, or was
	note  *note
}

func (s *stream) Read(p []byte) (int, error) {
	if len(s.ready) == 0 && s.err == nil {
		var n int
		n, s.err = s.src.Read(p)
		if n > 0 {
			s.last = p[n-1]
			return n, nil
		}
	}
	if len(s.ready) == 0 && s.err != nil && s.err != io.EOF && !s.said {
		s.said, s.note.err = true, s.err
		if s.last != '\n' { // a line is open
			s.ready = append(s.ready, '\n')
		}
		if s.in != ollamaAPI { // and so may be an event
			s.ready = append(s.ready, '\n')
		}
		s.ready = append(s.ready, errorEvent(s.in, statusOf(s.err), s.err)...)
	}
	if len(s.ready) > 0 {
		n := copy(p, s.ready)
		s.last, s.ready = p[n-1], s.ready[n:]
		return n, nil
	}
	return 0, s.err
}

func (s *stream) Close() error { return s.src.Close() }
