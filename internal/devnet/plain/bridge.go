package plain

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"sync/atomic"

	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/protocol"
)

// maxBody bounds a request, as the engine does.
const maxBody = 32 << 20

// routes that podd asks beside those that users can.
var routes = map[string]string{
	"/api/version": http.MethodGet, "/api/tags": http.MethodGet, "/api/ps": http.MethodGet, "/v1/models": http.MethodGet,
	protocol.PathShow: http.MethodPost,
}

// Bridge answers podd as the engine does, by an Ollama as it is released.
func Bridge(base *url.URL) http.Handler {
	b := &bridge{base: base}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/engine/pulse" && r.Method == http.MethodGet {
			b.pulse(w, r)
			return
		}
		method, ok := routes[r.URL.Path]
		if slices.Contains(client.Paths(), r.URL.Path) {
			method, ok = http.MethodPost, true
		}
		if !ok || r.Method != method {
			refuse(w, http.StatusNotFound, "the engine does not serve this")
			return
		}
		b.carry(w, r)
	})
}

type bridge struct {
	base *url.URL
	open atomic.Int64
}

// pulse says whether Ollama is there. How long a model has computed nothing cannot be seen from outside, so that none is
// said to be stuck.
func (b *bridge) pulse(w http.ResponseWriter, r *http.Request) {
	var said struct{ Version string }
	if err := ask(r.Context(), b.base, "/api/version", &said); err != nil {
		refuse(w, http.StatusBadGateway, err.Error())
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_ = json.NewEncoder(w).Encode(map[string]any{"open": b.open.Load(), "silentSeconds": 0, "wedged": false})
}

// carry passes a request on. Its answer is read to the end even if podd goes away: a caller who does can wedge a model for
// ever (ollama#17131). Nothing of a request but its body reaches Ollama, which knows no accounts.
func (b *bridge) carry(w http.ResponseWriter, r *http.Request) {
	b.open.Add(1)
	defer b.open.Add(-1)
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		refuse(w, http.StatusRequestEntityTooLarge, fmt.Sprintf("want at most %d bytes", maxBody))
		return
	}
	req, err := http.NewRequestWithContext(context.WithoutCancel(r.Context()), r.Method, b.base.JoinPath(r.URL.Path).String(), nil)
	if err == nil && len(body) > 0 {
		req.Body, req.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	}
	if err != nil {
		refuse(w, http.StatusBadGateway, err.Error())
		return
	}
	req.Header.Set("Content-Type", "application/json")
	res, err := transport.RoundTrip(req)
	if err != nil {
		refuse(w, http.StatusBadGateway, "Ollama does not answer: "+err.Error())
		return
	}
	defer res.Body.Close()
	if contentType := res.Header.Get("Content-Type"); contentType != "" {
		w.Header().Set("Content-Type", contentType)
	}
	w.WriteHeader(res.StatusCode)
	out := &reader{w: w}
	_, err = io.Copy(out, res.Body)
	if err != nil && !out.gone {
		panic(http.ErrAbortHandler) // podd is to see that it is not whole
	}
}

// reader is podd, which may be gone.
type reader struct {
	w    http.ResponseWriter
	gone bool
}

func (r *reader) Write(b []byte) (int, error) {
	if !r.gone {
		_, err := r.w.Write(b)
		if err == nil {
			err = http.NewResponseController(r.w).Flush()
		}
		r.gone = err != nil
	}
	return len(b), nil
}

func refuse(w http.ResponseWriter, status int, message string) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]string{"error": message})
}
