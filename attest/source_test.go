package attest_test

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/attest/dcap"
	"github.com/phallama/phallama/attest/simulated"
)

// socketPath returns a path short enough for a UNIX socket.
func socketPath(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "quote")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return filepath.Join(dir, "quote.sock")
}

func newQuoteSocket(t *testing.T, path string) *attest.QuoteSocket {
	t.Helper()
	s, err := attest.NewQuoteSocket(path)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// serve answers on a socket with the handler until the test ends.
func serve(t *testing.T, handler http.HandlerFunc) *attest.QuoteSocket {
	t.Helper()
	path := socketPath(t)
	ln, err := net.Listen("unix", path)
	if err != nil {
		t.Fatal(err)
	}
	server := &http.Server{Handler: handler}
	go func() { _ = server.Serve(ln) }()
	t.Cleanup(func() { _ = server.Close() })
	return newQuoteSocket(t, path)
}

func TestQuoteSocket(t *testing.T) {
	p := newPlatform(t)
	path := socketPath(t)
	ln, err := simulated.Listen(path)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { done <- simulated.Serve(ctx, ln, p.Source(simulated.Enclave{MRENCLAVE: mrenclave})) }()

	socket := newQuoteSocket(t, path)
	for i := range 3 {
		data := reportData
		data[0] = byte(i)
		ev, err := socket.Quote(t.Context(), data)
		if err != nil {
			t.Fatal(err)
		}
		claims, err := newSimulatedVerifier(t, p).Verify(t.Context(), ev, collateralOf(t, p, ev))
		if err != nil {
			t.Fatal(err)
		}
		if claims.ReportData != data || claims.MRENCLAVE != mrenclave {
			t.Errorf("quote %d is of %s over %s", i, claims.MRENCLAVE, claims.ReportData)
		}
	}
	cancel()
	if err := <-done; err != nil {
		t.Errorf("Serve: %v", err)
	}
	_, err = socket.Quote(t.Context(), reportData)
	wantMessage(t, err, "there is no such socket")
}

// TestQuoteSocketKinds: quotes of every kind and version arrive, without what pads
// them.
func TestQuoteSocketKinds(t *testing.T) {
	p := newPlatform(t)
	for name, tt := range map[string]struct {
		source *simulated.Source
		kind   attest.Kind
		padded bool
	}{
		"SGX v3":            {p.Source(simulated.Enclave{MRENCLAVE: mrenclave}), attest.KindSGX, false},
		"SGX v4, padded":    {p.Source(simulated.Enclave{MRENCLAVE: mrenclave, QuoteVersion: 4}), attest.KindSGX, true},
		"SGX v5":            {p.Source(simulated.Enclave{MRENCLAVE: mrenclave, QuoteVersion: 5}), attest.KindSGX, false},
		"TDX v4":            {p.GuestSource(simulated.Guest{}), attest.KindTDX, false},
		"TDX v4, padded":    {p.GuestSource(simulated.Guest{}), attest.KindTDX, true},
		"TDX v5":            {p.GuestSource(simulated.Guest{QuoteVersion: 5}), attest.KindTDX, false},
		"TDX v5 1.5 padded": {p.GuestSource(simulated.Guest{QuoteVersion: 5, TD15: true}), attest.KindTDX, true},
	} {
		t.Run(name, func(t *testing.T) {
			want, err := tt.source.Quote(t.Context(), reportData)
			if err != nil {
				t.Fatal(err)
			}
			sent := bytes.Clone(want.Quote)
			if tt.padded {
				sent = append(sent, make([]byte, 70)...)
			}
			got, err := serve(t, func(w http.ResponseWriter, _ *http.Request) {
				_ = json.NewEncoder(w).Encode(map[string]string{"quote": hex.EncodeToString(sent), "event_log": "[]", "vm_config": "{}"})
			}).Quote(t.Context(), reportData)
			if err != nil || got.Kind != tt.kind || !bytes.Equal(got.Quote, want.Quote) {
				t.Fatalf("kind %s, %d bytes, expected %s, %d bytes: %v", got.Kind, len(got.Quote), tt.kind, len(want.Quote), err)
			}
			if claims := verified(t, p, got); claims.ReportData != reportData {
				t.Errorf("over %s", claims.ReportData)
			}
		})
	}
}

func TestQuoteSocketRefuses(t *testing.T) {
	quote := quoteOf(t, newPlatform(t), simulated.Enclave{MRENCLAVE: mrenclave}).Quote
	answer := func(status int, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(status)
			_, _ = w.Write([]byte(body))
		}
	}
	with := func(q string) string {
		data, err := json.Marshal(map[string]string{"quote": q, "event_log": "[]"})
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	for name, tt := range map[string]struct {
		handler http.HandlerFunc
		message string
	}{
		"error of the service": {answer(500, `{"error":"no AESM"}`), "no AESM"},
		"no JSON":              {answer(200, "<html>"), "expected a JSON object"},
		"nothing":              {answer(200, ""), "expected a JSON object"},
		"no quote":             {answer(200, `{"event_log":"[]"}`), "hexadecimal digits, got 0"},
		"not hexadecimal":      {answer(200, with("hello!")), "expected the quote in hexadecimal"},
		"no quote inside":      {answer(200, with("00ff")), "quote-format"},
		"truncated quote":      {answer(200, with(hex.EncodeToString(quote[:2000]))), "quote-format"},
		"over other data":      {answer(200, with(hex.EncodeToString(quote))), "answered another question"},
		"quote too large":      {answer(200, with(strings.Repeat("00", attest.MaxQuoteSize+1))), "hexadecimal digits, got"},
		"answer too large":     {answer(200, strings.Repeat(" ", 5<<20)), "this is no quote service"},
		"redirect":             {http.RedirectHandler("http://elsewhere.invalid/", http.StatusTemporaryRedirect).ServeHTTP, "it redirects"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := serve(t, tt.handler).Quote(t.Context(), [64]byte{42})
			wantMessage(t, err, tt.message)
			wantMessage(t, err, "quote.sock")
		})
	}
	t.Run("no socket", func(t *testing.T) {
		_, err := newQuoteSocket(t, socketPath(t)).Quote(t.Context(), reportData)
		wantMessage(t, err, "there is no such socket")
	})
	t.Run("nobody listens", func(t *testing.T) {
		path := socketPath(t)
		ln, err := net.ListenUnix("unix", &net.UnixAddr{Name: path})
		if err != nil {
			t.Fatal(err)
		}
		ln.SetUnlinkOnClose(false)
		_ = ln.Close()
		_, err = newQuoteSocket(t, path).Quote(t.Context(), reportData)
		wantMessage(t, err, "nobody listens")
	})
	t.Run("no answer before the context ends", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		socket := serve(t, func(_ http.ResponseWriter, r *http.Request) {
			cancel()
			<-r.Context().Done()
		})
		if _, err := socket.Quote(ctx, reportData); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("bad paths", func(t *testing.T) {
		for _, path := range []string{"", "/" + strings.Repeat("x", 107)} {
			if _, err := attest.NewQuoteSocket(path); err == nil {
				t.Errorf("path of %d bytes: accepted", len(path))
			}
		}
	})
}

// TestQuoteSocketRequest holds the request against dstack's shape.
func TestQuoteSocketRequest(t *testing.T) {
	type request struct {
		method, path, contentType string
		body                      map[string]string
	}
	seen := make(chan request, 1)
	socket := serve(t, func(_ http.ResponseWriter, r *http.Request) {
		got := request{method: r.Method, path: r.URL.Path, contentType: r.Header.Get("Content-Type")}
		_ = json.NewDecoder(r.Body).Decode(&got.body)
		seen <- got
	})
	_, _ = socket.Quote(t.Context(), reportData)
	got := <-seen
	if got.method != http.MethodPost || got.path != "/GetQuote" || got.contentType != "application/json" ||
		len(got.body) != 1 || got.body["report_data"] != reportData.String() {
		t.Errorf("asked %+v", got)
	}
}

// FuzzQuoteAnswer: whatever is taken from a socket is a quote over the report
// data that was asked for.
func FuzzQuoteAnswer(f *testing.F) {
	quote := quoteOf(f, newPlatform(f), simulated.Enclave{}).Quote
	f.Add([]byte(`{"quote":"` + hex.EncodeToString(quote) + `","event_log":"[]","report_data":"","vm_config":""}`))
	guest, err := newPlatform(f).GuestSource(simulated.Guest{}).Quote(f.Context(), reportData)
	if err != nil {
		f.Fatal(err)
	}
	f.Add([]byte(`{"quote":"` + hex.EncodeToString(guest.Quote) + `0000"}`))
	f.Add([]byte(`{"quote":""}`))
	f.Add([]byte(`{"error":"no"}`))
	f.Fuzz(func(t *testing.T, answer []byte) {
		ev, err := attest.ParseQuoteAnswer(answer, reportData)
		if err != nil {
			return
		}
		q, err := dcap.ParseQuote(ev.Quote)
		if err != nil || q.ReportData() != reportData || q.Size != len(ev.Quote) {
			t.Errorf("a quote over other report data, or with something after it: %v", err)
		}
	})
}

func wantMessage(t *testing.T, err error, message string) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), message) {
		t.Errorf("expected an error with %q, got %v", message, err)
	}
}
