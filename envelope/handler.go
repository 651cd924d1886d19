package envelope

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"time"
)

// Handler is a pod's end of the envelope: it opens outer requests and seals
// what Inner answers.
//
// Inner sees a request only once all of it is authenticated, with an empty
// RemoteAddr, and every answer of Inner is inside the envelope. What Inner
// writes is sealed and written at once and reaches the client at the latest
// on Flush; where the request asks for a [Shape], Flush means the next time
// that the shape sends. Trailers, announced or by [http.TrailerPrefix], go into
// the final chunk. When the client has gone, writes fail and the request's
// context is done.
//
// If Inner panics before it answered, the client gets a sealed 500 without
// details; after that, an answer without a final chunk, which is an error to
// the client.
type Handler struct {
	Recipient *Recipient
	Inner     http.Handler
	// KeyProblem, if not nil, gives the JSON that goes along with the refusal
	// of a key, from which the client can go on: [RefusedError].KeyConfig.
	KeyProblem func() json.RawMessage
	Log        *slog.Logger // nil means slog.Default()
	// CellBytes is the size on the wire of every frame of a shaped response:
	// MinCellBytes to MaxCellBytes, zero means DefaultCellBytes. One size for
	// all: it tells nothing then.
	CellBytes int
	// MaxHeldBytes is how much memory requests may take together, until they are answered. Zero means
	// DefaultMaxHeldBytes.
	MaxHeldBytes int64

	held allowance
}

// ServeHTTP implements http.Handler.
func (h *Handler) ServeHTTP(w http.ResponseWriter, outer *http.Request) {
	if outer.Method != http.MethodPost || !hasMediaType(outer.Header, MediaTypeRequest) {
		h.refuse(w, ErrOpen)
		return
	}
	held := claim{of: &h.held, limit: cmp.Or(h.MaxHeldBytes, DefaultMaxHeldBytes)}
	defer held.release()
	if err := held.grow(requestBytes); err != nil {
		h.refuse(w, err)
		return
	}
	opener, err := h.Recipient.OpenRequest(http.MaxBytesReader(w, outer.Body, h.Recipient.maxSealedBytes()))
	if err != nil {
		h.refuse(w, err)
		return
	}
	message, err := readWhole(opener, &held)
	if err != nil {
		h.refuse(w, err)
		return
	}
	defer clear(message) // the handler, which has it, has returned then
	inner, shape, malformed := readInner(message)
	if shape != ShapeOff {
		if err := held.grow(maxUnsent + MaxCellBytes); err != nil {
			h.refuse(w, err)
			return
		}
	}
	w.Header().Set("Content-Type", MediaTypeResponse)
	w.Header().Set("Incremental", "?1")
	w.Header().Set("Cache-Control", "no-store")
	sealer, err := opener.SealResponse(w)
	if err != nil {
		panic(err) // the request was read to its end and has no response yet
	}
	ctx, cancel := context.WithCancelCause(outer.Context())
	defer cancel(nil)
	rw := &responseWriter{outer: http.NewResponseController(w), cancel: cancel, header: make(http.Header)}
	if shape == ShapeOff {
		rw.out = &direct{ResponseSealer: sealer, outer: rw.outer}
	} else {
		rw.out = newShaper(ctx, cancel, shape, h.CellBytes, sealer, rw.outer)
	}
	defer rw.out.Close()
	if malformed != nil {
		http.Error(rw, malformed.Error(), http.StatusBadRequest)
	} else {
		rw.head = inner.Method == http.MethodHead
		h.serve(rw, inner.WithContext(withKey(ctx, opener.config)))
	}
	if err := rw.finish(); err != nil {
		if outer.Context().Err() == nil {
			h.log().Error("envelope: response not finished", "err", err)
		}
		rw.abort()
	}
}

// readInner decodes the request and the shape that it asks for, ShapeOff where
// that cannot be read.
func readInner(message []byte) (*http.Request, Shape, error) {
	inner, err := decodeRequest(message)
	if err != nil {
		return nil, ShapeOff, err
	}
	shape, err := shapeOf(inner.Header)
	if err != nil {
		return nil, ShapeOff, err
	}
	return inner, shape, nil
}

// serve runs the inner handler and contains its panics.
func (h *Handler) serve(rw *responseWriter, inner *http.Request) {
	defer func() {
		p := recover()
		if p == nil {
			return
		}
		// The value may quote what the handler was working on: only its type
		// is fit for a log that the host reads.
		if p != http.ErrAbortHandler {
			h.log().Error("envelope: inner handler panicked", "type", fmt.Sprintf("%T", p))
		}
		if rw.sent {
			rw.abort()
		}
		rw.reset()
		rw.WriteHeader(http.StatusInternalServerError)
	}()
	h.Inner.ServeHTTP(rw, inner)
	if rw.status == 0 {
		rw.WriteHeader(http.StatusOK)
	}
}

func (h *Handler) log() *slog.Logger {
	if h.Log != nil {
		return h.Log
	}
	return slog.Default()
}

// refuse answers outside the envelope: one text for all that does not open,
// another where there is no memory for more, and the problem type of RFC 9458
// section 5.3 for a key that is not ours.
func (h *Handler) refuse(w http.ResponseWriter, err error) {
	w.Header().Set("Cache-Control", "no-store")
	if errors.Is(err, errBusy) { // 400 like the rest: other statuses are a relay's
		w.Header().Set("Retry-After", "1")
		http.Error(w, errBusy.Error(), http.StatusBadRequest)
		return
	}
	var mismatch *KeyMismatchError
	if errors.As(err, &mismatch) || errors.Is(err, ErrKeyExhausted) {
		w.Header().Set("Content-Type", "application/problem+json")
		w.WriteHeader(http.StatusBadRequest)
		_, _ = w.Write(h.keyProblem())
		return
	}
	http.Error(w, ErrOpen.Error(), http.StatusBadRequest)
}

// keyProblem is the refusal of a key, without what would make it longer than
// clients read.
func (h *Handler) keyProblem() []byte {
	p := problem{Type: KeyProblemType, Title: "key configuration not acceptable"}
	if h.KeyProblem != nil {
		p.KeyConfig = h.KeyProblem()
	}
	b, err := json.Marshal(p)
	if err != nil || len(b) > maxProblemBytes {
		h.log().Error("envelope: the key config does not fit into a refusal", "bytes", len(p.KeyConfig), "limit", maxProblemBytes)
		p.KeyConfig = nil
		b, _ = json.Marshal(p) // two strings
	}
	return b
}

// responseWriter encodes and seals what an inner handler answers. It has no
// Unwrap: nothing may reach the outer writer but through the sealer.
type responseWriter struct {
	out    outlet
	outer  *http.ResponseController
	cancel context.CancelCauseFunc
	head   bool // the request is HEAD

	header  http.Header
	trailer []string // names announced in the header
	status  int      // zero until WriteHeader
	pending []byte   // the encoded head, until it is sent
	sent    bool     // something was handed out
	err     error    // sticky
}

// Waited is how long the client has kept the writes to w waiting, which must be
// of a [Handler]. What waits for the time of a shape is not the client's doing.
func Waited(w http.ResponseWriter) time.Duration { return w.(*responseWriter).out.Waited() }

// Header implements http.ResponseWriter.
func (w *responseWriter) Header() http.Header { return w.header }

// WriteHeader implements http.ResponseWriter. Informational responses are not
// carried.
func (w *responseWriter) WriteHeader(status int) {
	if w.status != 0 || status >= 100 && status <= 199 {
		return
	}
	if status < 200 || status > 599 {
		panic(fmt.Sprintf("envelope: invalid status %d", status))
	}
	header := w.header.Clone()
	for name := range header {
		if strings.HasPrefix(name, http.TrailerPrefix) {
			delete(header, name)
		}
	}
	for _, v := range header.Values("Trailer") {
		for name := range strings.SplitSeq(v, ",") {
			name = http.CanonicalHeaderKey(strings.TrimSpace(name))
			w.trailer = append(w.trailer, name)
			header.Del(name)
		}
	}
	pending, err := appendResponseHead(nil, status, header)
	if err != nil {
		panic(err)
	}
	w.status, w.pending = status, pending
}

// Write implements http.ResponseWriter.
func (w *responseWriter) Write(p []byte) (int, error) {
	if w.status == 0 {
		w.WriteHeader(http.StatusOK)
	}
	if w.head || w.status == http.StatusNoContent || w.status == http.StatusNotModified {
		return 0, http.ErrBodyNotAllowed
	}
	if len(p) == 0 {
		return 0, w.err
	}
	if err := w.send(appendContent(w.pending, p)); err != nil {
		return 0, err
	}
	return len(p), nil
}

func (w *responseWriter) send(b []byte) error {
	if w.err != nil {
		return w.err
	}
	w.pending, w.sent = nil, true
	_, err := w.out.Write(b)
	clear(b[:cap(b)])
	if err != nil {
		w.fail(err)
	}
	return w.err
}

func (w *responseWriter) fail(err error) {
	w.err = err
	w.cancel(err)
}

// Flush implements http.Flusher.
func (w *responseWriter) Flush() { _ = w.FlushError() }

// FlushError is Flush for http.ResponseController.
func (w *responseWriter) FlushError() error {
	if w.status == 0 {
		w.WriteHeader(http.StatusOK)
	}
	if len(w.pending) > 0 {
		_ = w.send(w.pending)
	}
	if w.err == nil {
		err := w.out.Flush()
		if errors.Is(err, errors.ErrUnsupported) {
			return err // what was written is on its way all the same
		}
		if err != nil {
			w.fail(err)
		}
	}
	return w.err
}

// reset forgets a head that was not sent.
func (w *responseWriter) reset() {
	clear(w.header)
	w.trailer, w.status, w.pending = nil, 0, nil
}

// abort ends the outer response without a final chunk and without an orderly
// end of its own. What was sealed so far still goes out, so that the client
// sees a truncated answer rather than a lost connection.
func (w *responseWriter) abort() {
	w.out.Break()
	_ = w.outer.Flush() // where there was nothing to send
	panic(http.ErrAbortHandler)
}

// finish seals the trailers into the final chunk.
func (w *responseWriter) finish() error {
	if w.err != nil {
		return w.err
	}
	trailer := make(http.Header)
	for name, values := range w.header {
		if name, ok := strings.CutPrefix(name, http.TrailerPrefix); ok {
			trailer[http.CanonicalHeaderKey(name)] = values
		}
	}
	for _, name := range w.trailer {
		if values, ok := w.header[name]; ok {
			trailer[name] = values
		}
	}
	b, err := appendResponseEnd(w.pending, trailer)
	if err == nil {
		err = w.out.Finish(b)
		clear(b[:cap(b)])
	}
	if err != nil {
		w.fail(err)
	}
	return w.err
}
