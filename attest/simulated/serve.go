package simulated

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"os"
	"syscall"
	"time"
)

// Limits of the served socket.
const (
	maxRequestSize = 4 << 10
	requestTimeout = 10 * time.Second
	dialTimeout    = time.Second
)

// ServeHTTP serves dstack's GetQuote: POST /GetQuote {"report_data": hex of at
// most 64 bytes}, padded on the right with zeros, answers {"quote": hex, …}.
func (s *Source) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path != "/GetQuote" || r.Method != http.MethodPost {
		answer(w, http.StatusNotFound, problem{"a simulated platform serves POST /GetQuote and nothing else"})
		return
	}
	var request struct {
		ReportData string `json:"report_data"`
	}
	dec := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxRequestSize))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&request); err != nil {
		answer(w, http.StatusBadRequest, problem{`expected {"report_data": "<hex>"}: ` + err.Error()})
		return
	}
	data, err := hex.DecodeString(request.ReportData)
	if err != nil || len(data) == 0 || len(data) > 64 {
		answer(w, http.StatusBadRequest, problem{fmt.Sprintf("expected report_data of 1 to 64 bytes in hexadecimal, got %d characters", len(request.ReportData))})
		return
	}
	var reportData [64]byte
	copy(reportData[:], data)
	ev, err := s.Quote(r.Context(), reportData)
	if err != nil {
		answer(w, http.StatusInternalServerError, problem{err.Error()})
		return
	}
	answer(w, http.StatusOK, quoteAnswer{
		Quote:      hex.EncodeToString(ev.Quote),
		EventLog:   "[]",
		ReportData: hex.EncodeToString(reportData[:]),
	})
}

type problem struct {
	Error string `json:"error"`
}

// quoteAnswer has the fields of dstack's answer. SGX has no event log.
type quoteAnswer struct {
	Quote      string `json:"quote"`
	EventLog   string `json:"event_log"`
	ReportData string `json:"report_data"`
	VMConfig   string `json:"vm_config"`
}

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // the peer is gone if it fails
}

// Listen listens on a UNIX socket at path that only its owner can use. A socket
// file left by a killed process is replaced; one that somebody serves is not.
func Listen(path string) (net.Listener, error) {
	if info, err := os.Lstat(path); err == nil {
		if info.Mode().Type() != fs.ModeSocket {
			return nil, fmt.Errorf("quote socket %s: a file that is no socket is in the way: remove it or choose another path", path)
		}
		conn, err := net.DialTimeout("unix", path, dialTimeout)
		if err == nil {
			_ = conn.Close()
			return nil, fmt.Errorf("quote socket %s: somebody serves it already: stop that process or choose another path", path)
		}
		if !errors.Is(err, syscall.ECONNREFUSED) {
			return nil, fmt.Errorf("quote socket %s: %w", path, err)
		}
		if err := os.Remove(path); err != nil {
			return nil, fmt.Errorf("quote socket %s: removing what a killed process left: %w", path, err)
		}
	}
	ln, err := net.Listen("unix", path)
	if err != nil {
		return nil, fmt.Errorf("quote socket %s: %w (a UNIX socket's path has at most 107 bytes, and its folder must exist)", path, err)
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return nil, errors.Join(fmt.Errorf("quote socket %s: %w", path, err), ln.Close())
	}
	return ln, nil
}

// Serve serves quotes on the listener until ctx ends, then closes it, which
// removes the socket's file. It returns nil if ctx was the reason.
func Serve(ctx context.Context, ln net.Listener, s *Source) error {
	server := &http.Server{
		Handler:           s,
		ReadHeaderTimeout: requestTimeout,
		ReadTimeout:       requestTimeout,
		WriteTimeout:      requestTimeout,
		MaxHeaderBytes:    16 << 10,
	}
	stop := context.AfterFunc(ctx, func() { _ = server.Close() })
	defer stop()
	if err := server.Serve(ln); ctx.Err() == nil {
		return fmt.Errorf("quote socket: %w", err)
	}
	return nil
}
