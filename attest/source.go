package attest

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"syscall"
	"time"

	"github.com/phallama/phallama/attest/dcap"
)

// Source is where an enclave gets a quote of itself.
type Source interface {
	// Quote returns evidence whose report data is exactly reportData.
	Quote(ctx context.Context, reportData [64]byte) (Evidence, error)
}

// Limits of a quote socket.
const (
	quoteSocketTimeout = 30 * time.Second // a quoting enclave's first answer takes seconds
	maxSocketAnswer    = 4 << 20          // dstack sends its event log along
	maxSocketPath      = 107              // of a UNIX socket on Linux
)

// QuoteSocket is a [Source] behind a UNIX socket that serves dstack's GetQuote
// (https://github.com/Dstack-TEE/dstack, guest agent): POST /GetQuote
// {"report_data": hex} answers {"quote": hex, …}. What else the answer holds is
// not used.
type QuoteSocket struct {
	path   string
	client *http.Client
}

// NewQuoteSocket returns a source that asks the socket at path. Nothing is
// dialled before the first quote.
func NewQuoteSocket(path string) (*QuoteSocket, error) {
	if path == "" || len(path) > maxSocketPath {
		return nil, fmt.Errorf("quote socket: expected a path of 1 to %d bytes, got %d: choose a shorter one", maxSocketPath, len(path))
	}
	dialer := new(net.Dialer)
	return &QuoteSocket{path: path, client: &http.Client{
		Timeout: quoteSocketTimeout,
		Transport: &http.Transport{
			DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
				return dialer.DialContext(ctx, "unix", path)
			},
			DisableKeepAlives:      true,
			MaxResponseHeaderBytes: 16 << 10,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return errors.New("it redirects") },
	}}, nil
}

// Quote implements [Source].
func (s *QuoteSocket) Quote(ctx context.Context, reportData [64]byte) (Evidence, error) {
	answer, err := s.post(ctx, reportData)
	if err != nil {
		return Evidence{}, fmt.Errorf("quote socket %s: %w", s.path, err)
	}
	ev, err := parseQuoteAnswer(answer, reportData)
	if err != nil {
		return Evidence{}, fmt.Errorf("quote socket %s: %w", s.path, err)
	}
	return ev, nil
}

func (s *QuoteSocket) post(ctx context.Context, reportData [64]byte) ([]byte, error) {
	body, err := json.Marshal(struct {
		ReportData ReportData `json:"report_data"`
	}{reportData})
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://dstack/GetQuote", bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := s.client.Do(req)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, errors.New("there is no such socket: start the quote service first, or correct the path")
	case errors.Is(err, syscall.ECONNREFUSED):
		return nil, errors.New("nobody listens on it: start the quote service again")
	case err != nil:
		return nil, fmt.Errorf("asking for a quote: %w", err)
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(resp.Body, maxSocketAnswer+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("reading the answer: %w", err)
	case len(answer) > maxSocketAnswer:
		return nil, fmt.Errorf("expected an answer of at most %d bytes, got more: this is no quote service", maxSocketAnswer)
	case resp.StatusCode != http.StatusOK:
		return nil, fmt.Errorf("expected status 200, got %d: %.200q: look at the quote service's log", resp.StatusCode, answer)
	}
	return answer, nil
}

// parseQuoteAnswer reads a GetQuote answer.
func parseQuoteAnswer(answer []byte, reportData [64]byte) (Evidence, error) {
	var parsed struct {
		Quote string `json:"quote"`
	}
	if err := json.Unmarshal(answer, &parsed); err != nil {
		return Evidence{}, fmt.Errorf("expected a JSON object with a quote, got %.80q: %w", answer, err)
	}
	if parsed.Quote == "" || len(parsed.Quote) > hex.EncodedLen(MaxQuoteSize) {
		return Evidence{}, fmt.Errorf("expected a quote of 1 to %d hexadecimal digits, got %d: look at the quote service's log",
			hex.EncodedLen(MaxQuoteSize), len(parsed.Quote))
	}
	raw, err := hex.DecodeString(parsed.Quote)
	if err != nil {
		return Evidence{}, fmt.Errorf("expected the quote in hexadecimal: %w", err)
	}
	return asked(raw, reportData)
}

// asked makes evidence of a quote that a platform gave out. One that nobody could
// verify, or that is over other report data than was asked for, is refused here,
// where the operator sees it, and not first by every client. What pads the quote
// is cut off.
func asked(raw []byte, reportData [64]byte) (Evidence, error) {
	quote, err := dcap.ParseQuote(raw)
	if err != nil {
		return Evidence{}, err
	}
	if got := quote.ReportData(); got != reportData {
		return Evidence{}, fmt.Errorf("expected a quote over report data %x, got one over %x: the platform answered another question", reportData, got)
	}
	return NewEvidence(raw[:quote.Size])
}
