package collateral

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/phallama/phallama/attest/dcap"
	"github.com/phallama/phallama/attest/strictjson"
)

// Intel's services, version 4 of their API.
const (
	IntelURL        = "https://api.trustedservices.intel.com"
	IntelRootCRLURL = "https://certificates.trustedservices.intel.com/IntelSGXRootCA.der"
)

// Limits of a service's answers.
const (
	maxAnswer    = 256 << 10 // bytes of a body
	maxHeaders   = 64 << 10  // of all headers, and so of one: issuer chains come in headers
	askTimeout   = 30 * time.Second
	idleTimeout  = 90 * time.Second // of a connection that is kept for the next request
	attempts     = 3
	firstBackoff = time.Second
)

// Config says which service to ask.
type Config struct {
	// URL is the service's, without the path of its API. Empty is Intel's.
	URL string
	// Early asks for TCB info and QE identity of Intel's newest TCB recovery, which
	// calls platforms out of date a year before the standard one does.
	Early bool
	// HTTP reaches the service, without following redirects whatever it says. Nil is a
	// client of its own.
	HTTP *http.Client
	// Sleep waits between attempts. Nil waits really.
	Sleep func(context.Context, time.Duration) error
	// Logger receives what was tried in vain and is tried again. Nil discards it.
	Logger *slog.Logger
}

// Client asks a Provisioning Certification Service (Intel's PCS, or a PCCS).
type Client struct {
	cfg    Config
	base   string
	pccs   bool
	client *http.Client
}

var _ Source = (*Client)(nil)

// NewClient makes a client. It dials nothing.
func NewClient(cfg Config) (*Client, error) {
	c := &Client{cfg: cfg, base: IntelURL, client: withoutRedirects(cfg.HTTP)}
	if cfg.URL != "" && strings.TrimSuffix(cfg.URL, "/") != IntelURL {
		if err := checkURL(cfg.URL); err != nil {
			return nil, err
		}
		c.base, c.pccs = strings.TrimSuffix(cfg.URL, "/"), true
	}
	if c.cfg.Sleep == nil {
		c.cfg.Sleep = sleep
	}
	if c.cfg.Logger == nil {
		c.cfg.Logger = slog.New(slog.DiscardHandler)
	}
	return c, nil
}

// withoutRedirects is a client that takes an answer that sends it elsewhere for
// what it is: no answer. Who asks for what is told to no other host, and to none
// without TLS.
func withoutRedirects(client *http.Client) *http.Client {
	own := http.Client{Timeout: askTimeout}
	if client != nil {
		own = *client
	} else {
		own.Transport = &http.Transport{
			Proxy: http.ProxyFromEnvironment, MaxResponseHeaderBytes: maxHeaders, IdleConnTimeout: idleTimeout, ForceAttemptHTTP2: true,
		}
	}
	own.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &own
}

// checkURL wants https, or a loopback address: what is fetched is signed, but who
// asks for what is nobody's business on the way.
func checkURL(text string) error {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return fmt.Errorf("collateral: expected a URL such as https://pccs.example:8081, got %.80q", text)
	}
	ip := net.ParseIP(u.Hostname())
	if u.Scheme == "http" && (u.Hostname() == "localhost" || ip != nil && ip.IsLoopback()) {
		return nil
	}
	if u.Scheme != "https" {
		return fmt.Errorf("collateral: expected an https URL, or http on a loopback address, got %.80q", text)
	}
	return nil
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Collateral implements [Source].
func (c *Client) Collateral(ctx context.Context, id dcap.CollateralID) (*dcap.Collateral, error) {
	if err := checkID(id); err != nil {
		return nil, err
	}
	update := "standard"
	if c.cfg.Early {
		update = "early"
	}
	tee := "/" + string(id.TEE) + "/certification/v4/"
	var out dcap.Collateral
	crl, err := c.get(ctx, "/sgx/certification/v4/pckcrl?ca="+string(id.CA)+"&encoding=der")
	if err != nil {
		return nil, err
	}
	out.PCKCRL = unhex(crl.body)
	if out.PCKCRLIssuerChain, err = crl.chain("SGX-PCK-CRL-Issuer-Chain"); err != nil {
		return nil, err
	}
	if out.RootCRL, err = c.rootCRL(ctx); err != nil {
		return nil, err
	}
	info, err := c.get(ctx, tee+fmt.Sprintf("tcb?fmspc=%x&update=%s", id.FMSPC, update))
	if err != nil {
		return nil, err
	}
	if out.TCBInfo, out.TCBInfoSignature, err = info.signed("tcbInfo"); err != nil {
		return nil, err
	}
	if out.TCBInfoIssuerChain, err = info.chain("TCB-Info-Issuer-Chain", "SGX-TCB-Info-Issuer-Chain"); err != nil {
		return nil, err
	}
	identity, err := c.get(ctx, tee+"qe/identity?update="+update)
	if err != nil {
		return nil, err
	}
	if out.QEIdentity, out.QEIdentitySignature, err = identity.signed("enclaveIdentity"); err != nil {
		return nil, err
	}
	if out.QEIdentityIssuerChain, err = identity.chain("SGX-Enclave-Identity-Issuer-Chain"); err != nil {
		return nil, err
	}
	return &out, nil
}

func checkID(id dcap.CollateralID) error {
	if id.TEE != dcap.TEESGX && id.TEE != dcap.TEETDX {
		return fmt.Errorf("collateral: expected a TEE %q or %q, got %.20q", dcap.TEESGX, dcap.TEETDX, id.TEE)
	}
	if id.CA != dcap.PCKCAPlatform && id.CA != dcap.PCKCAProcessor {
		return fmt.Errorf("collateral: expected a PCK CA %q or %q, got %.20q", dcap.PCKCAPlatform, dcap.PCKCAProcessor, id.CA)
	}
	return nil
}

// rootCRL is at a place of its own with Intel, and part of the API of a PCCS.
func (c *Client) rootCRL(ctx context.Context) ([]byte, error) {
	if !c.pccs {
		a, err := c.fetch(ctx, IntelRootCRLURL)
		if err != nil {
			return nil, err
		}
		return a.body, nil
	}
	a, err := c.get(ctx, "/sgx/certification/v4/rootcacrl")
	var refused *StatusError
	if errors.As(err, &refused) && refused.Status == http.StatusNotFound {
		a, err = c.get(ctx, "/IntelSGXRootCA.der")
	}
	if err != nil {
		return nil, err
	}
	return unhex(a.body), nil
}

// unhex reads what a PCCS writes in hexadecimal and Intel as it is.
func unhex(body []byte) []byte {
	if der, err := hex.DecodeString(string(bytes.TrimSpace(body))); err == nil && len(der) > 0 {
		return der
	}
	return body
}

// StatusError says that a service refused.
type StatusError struct {
	URL    string
	Status int    // HTTP's
	Hint   string // what to do; may be empty
}

// Error implements error.
func (e *StatusError) Error() string {
	text := fmt.Sprintf("collateral: expected %s to answer 200, got %d %s", e.URL, e.Status, http.StatusText(e.Status))
	if e.Hint != "" {
		text += ": " + e.Hint
	}
	return text
}

// hint is what to do about a PCS or PCCS that answers so.
func hint(status int) string {
	switch {
	case status == http.StatusNotFound:
		return "it does not know this model of platform (FMSPC), or is no PCS of version 4"
	case status >= 300 && status < 400:
		return "it sends its callers elsewhere: name the place where it is"
	case status == http.StatusTooManyRequests || status >= 500:
		return "try again later, or ask another service"
	}
	return "ask another service"
}

type answer struct {
	url    string
	header http.Header
	body   []byte
}

func (c *Client) get(ctx context.Context, path string) (*answer, error) {
	return c.fetch(ctx, c.base+path)
}

// fetch tries again where the service is not to blame for ever: connections that
// fail, and answers of 5xx and 429.
func (c *Client) fetch(ctx context.Context, url string) (*answer, error) {
	wait := firstBackoff
	for attempt := 1; ; attempt++ {
		a, err := fetchOnce(ctx, c.client, url, maxAnswer)
		var refused *StatusError
		lasting := errors.Is(err, errTooLarge)
		if errors.As(err, &refused) {
			refused.Hint = hint(refused.Status)
			lasting = refused.Status < 500 && refused.Status != http.StatusTooManyRequests
		}
		if err == nil || lasting || attempt == attempts || ctx.Err() != nil {
			return a, err
		}
		c.cfg.Logger.Warn("a service of collateral failed; trying again", "error", err, "attempt", attempt, "in", wait)
		if sleepErr := c.cfg.Sleep(ctx, wait); sleepErr != nil {
			return nil, err
		}
		wait *= 2
	}
}

var errTooLarge = errors.New("larger than any collateral is")

func fetchOnce(ctx context.Context, client *http.Client, url string, limit int64) (*answer, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, fmt.Errorf("collateral: %w", err)
	}
	resp, err := client.Do(req)
	if err != nil {
		return nil, fmt.Errorf("collateral: %w: check the network, or use a bundle or another service", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, &StatusError{URL: url, Status: resp.StatusCode}
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, limit+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("collateral: reading the answer of %s: %w", url, err)
	case int64(len(body)) > limit:
		return nil, fmt.Errorf("collateral: answer of %s: expected at most %d bytes: %w", url, limit, errTooLarge)
	}
	return &answer{url, resp.Header, body}, nil
}

// chain reads a PEM chain from the first of these headers that is there. PEM in a
// header is URL-encoded.
func (a *answer) chain(names ...string) ([]byte, error) {
	for _, name := range names {
		if value := a.header.Get(name); value != "" {
			if len(value) > maxHeaders { // another's transport may have let it through
				return nil, fmt.Errorf("collateral: answer of %s: header %s: expected at most %d bytes, got %d", a.url, name, maxHeaders, len(value))
			}
			text, err := url.PathUnescape(value)
			if err != nil {
				return nil, fmt.Errorf("collateral: answer of %s: header %s: expected URL-encoded PEM: %w", a.url, name, err)
			}
			return []byte(text), nil
		}
	}
	return nil, fmt.Errorf("collateral: answer of %s: expected an issuer chain in the header %s, got none", a.url, names[0])
}

// signed takes a document and its signature out of an answer, the document byte
// for byte as it came: that is what is signed.
func (a *answer) signed(name string) (document, signature []byte, err error) {
	fields, err := strictjson.Known(a.body, []string{name, "signature"}, nil)
	if err != nil {
		return nil, nil, fmt.Errorf("collateral: answer of %s: %w", a.url, err)
	}
	var digits string
	if err := json.Unmarshal(fields["signature"], &digits); err != nil {
		return nil, nil, fmt.Errorf("collateral: answer of %s: signature: %w", a.url, err)
	}
	if signature, err = hex.DecodeString(digits); err != nil || len(signature) != 64 {
		return nil, nil, fmt.Errorf("collateral: answer of %s: expected a signature of 128 hexadecimal digits, got %d characters", a.url, len(digits))
	}
	return fields[name], signature, nil
}
