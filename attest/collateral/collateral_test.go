package collateral_test

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/phallama/phallama/attest/collateral"
	"github.com/phallama/phallama/attest/dcap"
	"github.com/phallama/phallama/attest/simulated"
)

// at is when the tests happen.
var at = time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)

func newPlatform(t testing.TB, ca dcap.PCKCA, now func() time.Time) *simulated.Platform {
	t.Helper()
	p, err := simulated.New(simulated.Config{Now: now, CA: ca})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// quoteOf is a quote of an enclave or a guest on the platform, and the collateral
// that it needs.
func quoteOf(t testing.TB, p *simulated.Platform, tee dcap.TEE) ([]byte, dcap.CollateralID) {
	t.Helper()
	source := p.Source(simulated.Enclave{})
	if tee == dcap.TEETDX {
		source = p.GuestSource(simulated.Guest{})
	}
	ev, err := source.Quote(context.Background(), [64]byte{7})
	if err != nil {
		t.Fatal(err)
	}
	needs, err := dcap.Needs(ev.Quote)
	if err != nil {
		t.Fatal(err)
	}
	return ev.Quote, needs
}

// collateralOf is what the platform's simulated Intel publishes, and its name.
func collateralOf(t testing.TB, p *simulated.Platform, tee dcap.TEE) (dcap.CollateralID, *dcap.Collateral) {
	t.Helper()
	_, needs := quoteOf(t, p, tee)
	c, err := p.Collateral(tee)
	if err != nil {
		t.Fatal(err)
	}
	return needs, c
}

// verifies fails the test unless the quote verifies with the collateral.
func verifies(t *testing.T, p *simulated.Platform, quote []byte, c *dcap.Collateral, now time.Time) {
	t.Helper()
	root, err := dcap.ParseRoot(p.RootDER())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := dcap.Verify(quote, dcap.Options{Root: root, Now: now, Collateral: c}); err != nil {
		t.Errorf("the quote does not verify with it: %v", err)
	}
}

func fixed() time.Time { return at }

// answers fails the test unless got is exactly want.
func answers(t *testing.T, got, want *dcap.Collateral) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%+v\nexpected\n%+v", got, want)
	}
}

// pccs serves one set of collateral as a PCCS does, which writes revocation lists
// in hexadecimal. The handlers in odd take the place of its own.
type pccs struct {
	collateral *dcap.Collateral
	odd        map[string]http.HandlerFunc // by path

	mu    sync.Mutex
	asked []string // paths with queries, in their order
}

func (s *pccs) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.asked = append(s.asked, r.URL.RequestURI())
	s.mu.Unlock()
	if handler, ok := s.odd[r.URL.Path]; ok {
		handler(w, r)
		return
	}
	s.usual(w, r)
}

func (s *pccs) usual(w http.ResponseWriter, r *http.Request) {
	chain := func(name string, pem []byte) { w.Header().Set(name, url.PathEscape(string(pem))) }
	c := s.collateral
	switch r.URL.Path {
	case "/sgx/certification/v4/pckcrl":
		chain("SGX-PCK-CRL-Issuer-Chain", c.PCKCRLIssuerChain)
		fmt.Fprint(w, hex.EncodeToString(c.PCKCRL))
	case "/sgx/certification/v4/rootcacrl":
		fmt.Fprintln(w, strings.ToUpper(hex.EncodeToString(c.RootCRL)))
	case "/sgx/certification/v4/tcb", "/tdx/certification/v4/tcb":
		chain("TCB-Info-Issuer-Chain", c.TCBInfoIssuerChain)
		fmt.Fprintf(w, `{"tcbInfo":%s,"signature":"%x"}`, c.TCBInfo, c.TCBInfoSignature)
	case "/sgx/certification/v4/qe/identity", "/tdx/certification/v4/qe/identity":
		chain("SGX-Enclave-Identity-Issuer-Chain", c.QEIdentityIssuerChain)
		fmt.Fprintf(w, `{"enclaveIdentity":%s,"signature":"%x"}`, c.QEIdentity, c.QEIdentitySignature)
	default:
		http.NotFound(w, r)
	}
}

// askedFor counts the requests for a path.
func (s *pccs) askedFor(path string) (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, uri := range s.asked {
		if got, _, _ := strings.Cut(uri, "?"); got == path {
			n++
		}
	}
	return n
}

// sleeps notes how long a client would have waited.
type sleeps struct{ waited []time.Duration }

func (s *sleeps) sleep(_ context.Context, d time.Duration) error {
	s.waited = append(s.waited, d)
	return nil
}

// serve starts a service and makes a client of it that does not really wait.
func serve(t *testing.T, h http.Handler) (*collateral.Client, *sleeps) {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	// net/http tries again by itself where a connection that it kept is cut.
	server.Config.SetKeepAlivesEnabled(false)
	waited := new(sleeps)
	client, err := collateral.NewClient(collateral.Config{URL: server.URL, Sleep: waited.sleep})
	if err != nil {
		t.Fatal(err)
	}
	return client, waited
}

// source is a source that answers with what a test sets, and counts.
type source struct {
	mu    sync.Mutex
	c     *dcap.Collateral
	err   error
	asked int
}

var errAway = errors.New("the service is away")

func (s *source) Collateral(context.Context, dcap.CollateralID) (*dcap.Collateral, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked++
	if s.err != nil {
		return nil, s.err
	}
	return s.c, nil
}

func mustJSON(t testing.TB, v any) []byte {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
