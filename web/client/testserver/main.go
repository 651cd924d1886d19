// Command testserver is the pod's half for the tests of web/client: an envelope handler on a loopback port, with keys that a
// known identity signed, and what a hostile relay could do to its answers.
//
// It prints one line of JSON when it serves, and one for each report of a test page. It ends with its standard input.
package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strconv"
	"sync"
	"time"

	"github.com/phallama/phallama/envelope"
	"github.com/phallama/phallama/protocol"
)

// maxReportBytes is how long a report of a test page is at most.
const maxReportBytes = 1 << 20

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "testserver:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 1 {
		return errors.New("want one argument, the directory of the test page")
	}
	s, err := newServer()
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		_ = listener.Close()
	}()
	s.print(map[string]any{"url": "http://" + listener.Addr().String(), "domain": s.domain, "identity": s.identity})
	if err := http.Serve(listener, s.routes(args[0])); !errors.Is(err, net.ErrClosed) {
		return err
	}
	return nil
}

// server holds the keys: the one that requests are sealed to, and one under the same key id that the pod does not have.
type server struct {
	domain   protocol.Domain
	identity protocol.Address
	configs  map[string]protocol.SignedKeyConfig
	handler  *envelope.Handler

	mu  sync.Mutex // guards standard output
	out *json.Encoder

	next sync.Map // of channels, by the name of the exchange that waits for a word
}

func newServer() (*server, error) {
	identity, err := protocol.GenerateKey()
	if err != nil {
		return nil, err
	}
	s := &server{
		domain:   protocol.Domain{ChainID: 2035, Escrow: protocol.Address{19: 1}},
		identity: identity.Address(),
		configs:  make(map[string]protocol.SignedKeyConfig),
		out:      json.NewEncoder(os.Stdout),
	}
	var keys []*envelope.PrivateKey
	for i, k := range []struct {
		name string
		kem  envelope.KEM
		id   uint8
	}{{"x-wing", envelope.XWing, 1}, {"x25519", envelope.X25519, 2}, {"unheld", envelope.XWing, 1}, {"gone", envelope.XWing, 9}} {
		key, err := envelope.GenerateKey(k.id, k.kem)
		if err != nil {
			return nil, err
		}
		config := key.Config().Bytes()
		now := uint64(time.Now().Unix())
		word := protocol.KeyConfig{
			Enclave: s.identity, ConfigHash: protocol.Keccak256(config), NotBefore: now - 60, NotAfter: now + 3600, Epoch: uint64(i),
		}
		s.configs[k.name] = protocol.SignedKeyConfig{KeyConfig: word, Config: config, Signature: identity.Sign(s.domain.Digest(word))}
		if k.name == "x-wing" || k.name == "x25519" {
			keys = append(keys, key)
		}
	}
	recipient, err := envelope.NewRecipient(envelope.Config{}, keys...)
	if err != nil {
		return nil, err
	}
	s.handler = &envelope.Handler{Recipient: recipient, Inner: s.inner(), Log: slog.New(slog.DiscardHandler)}
	return s, nil
}

func (s *server) print(v any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	_ = s.out.Encode(v)
}

// routes are outside the envelope.
func (s *server) routes(dir string) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /pod", func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Cookie") != "" || r.Header.Get("Referer") != "" || r.Header.Get("Incremental") != "?1" {
			http.Error(w, "the outer request tells of its client", http.StatusTeapot)
			return
		}
		s.handler.ServeHTTP(w, r)
	})
	mux.HandleFunc("POST /cut/{writes}", s.cut(func(http.ResponseWriter) {}))
	mux.HandleFunc("POST /tear/{writes}", s.cut(func(w http.ResponseWriter) {
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	}))
	mux.HandleFunc("GET /configs", func(w http.ResponseWriter, _ *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "client", Value: "4711", Path: "/"}) // which must not come back
		_ = json.NewEncoder(w).Encode(s.configs)
	})
	mux.HandleFunc("POST /next/{name}", func(_ http.ResponseWriter, r *http.Request) { close(s.waiter(r.PathValue("name"))) })
	mux.HandleFunc("POST /report", func(_ http.ResponseWriter, r *http.Request) {
		var report json.RawMessage
		if err := json.NewDecoder(io.LimitReader(r.Body, maxReportBytes)).Decode(&report); err == nil {
			s.print(report)
		}
	})
	mux.Handle("GET /", http.FileServer(http.Dir(dir)))
	return mux
}

// cut passes on so many writes of an answer, which are its chunks, and then ends.
func (s *server) cut(end func(http.ResponseWriter)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		writes, err := strconv.Atoi(r.PathValue("writes"))
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		s.handler.ServeHTTP(&cutWriter{ResponseWriter: w, left: writes}, r)
		end(w)
	}
}

// cutWriter swallows what is written after the first writes.
type cutWriter struct {
	http.ResponseWriter
	left int
}

func (w *cutWriter) Write(p []byte) (int, error) {
	if w.left == 0 {
		return len(p), nil
	}
	w.left--
	return w.ResponseWriter.Write(p)
}

// Unwrap has flushes pass.
func (w *cutWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func (s *server) waiter(name string) chan struct{} {
	c, _ := s.next.LoadOrStore(name, make(chan struct{}))
	return c.(chan struct{})
}

// inner are the routes inside the envelope.
func (s *server) inner() http.Handler {
	mux := http.NewServeMux()
	// What the enclave saw of the request.
	mux.HandleFunc("/echo", func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		sum := sha256.Sum256(body)
		_ = json.NewEncoder(w).Encode(map[string]any{
			"method": r.Method, "host": r.Host, "uri": r.RequestURI, "header": r.Header, "length": len(body), "sha256": hex.EncodeToString(sum[:]),
		})
	})
	// The body three times, in chunks of their own; the third waits for a word from outside.
	mux.HandleFunc("POST /stream/{name}", func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		w.Header().Set("Content-Type", "application/x-ndjson")
		w.WriteHeader(http.StatusAccepted)
		flush := w.(http.Flusher).Flush
		for range 2 {
			_, _ = w.Write(body)
			flush()
		}
		select {
		case <-s.waiter(r.PathValue("name")):
		case <-r.Context().Done():
			return
		}
		_, _ = w.Write(body)
		w.Header().Set(http.TrailerPrefix+"Phallama-Receipt", "r")
	})
	// The body twice and a trailer, at once: three chunks.
	mux.HandleFunc("POST /twice", func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		_, _ = w.Write(body)
		_, _ = w.Write(body)
		w.Header().Set(http.TrailerPrefix+"Phallama-Receipt", "r")
	})
	// So many bytes, and their hash as a trailer.
	mux.HandleFunc("GET /bytes/{n}", func(w http.ResponseWriter, r *http.Request) {
		n, _ := strconv.Atoi(r.PathValue("n"))
		b := bytes.Repeat([]byte("phallama\n"), n/9+1)[:n]
		sum := sha256.Sum256(b)
		_, _ = w.Write(b)
		w.Header().Set(http.TrailerPrefix+"Sha256", hex.EncodeToString(sum[:]))
	})
	mux.HandleFunc("GET /status/{status}", func(w http.ResponseWriter, r *http.Request) {
		status, _ := strconv.Atoi(r.PathValue("status"))
		w.WriteHeader(status)
	})
	// A handler that fails in the middle.
	mux.HandleFunc("GET /panic", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, "so far")
		w.(http.Flusher).Flush()
		panic(http.ErrAbortHandler)
	})
	return mux
}
