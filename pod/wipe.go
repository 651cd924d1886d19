package pod

import (
	"bytes"
	"io"
	"sync"
)

// wipedBody is a request's body on its way to the engine. It is wiped when it is closed, which a RoundTripper does once it
// needs it no longer, even after it has returned, and perhaps while it still reads.
type wipedBody struct {
	mu   sync.Mutex
	body []byte
	rest bytes.Reader
}

func newWipedBody(body []byte) *wipedBody {
	w := &wipedBody{body: body}
	w.rest.Reset(body)
	return w
}

func (w *wipedBody) Read(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.body == nil {
		return 0, io.ErrClosedPipe
	}
	return w.rest.Read(p)
}

func (w *wipedBody) Close() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	clear(w.body)
	w.body = nil
	w.rest.Reset(nil)
	return nil
}
