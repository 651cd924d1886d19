package collateral_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/phallama/phallama/attest/collateral"
	"github.com/phallama/phallama/attest/dcap"
)

const (
	tcbPath    = "/sgx/certification/v4/tcb"
	crlPath    = "/sgx/certification/v4/pckcrl"
	rootPath   = "/sgx/certification/v4/rootcacrl"
	qePath     = "/sgx/certification/v4/qe/identity"
	tcbHeader  = "TCB-Info-Issuer-Chain"
	maxAnswer  = 256 << 10
	maxHeaders = 64 << 10
)

// Answers that a client must refuse, and how often it asks before it does.
func TestClientRefuses(t *testing.T) {
	p := newPlatform(t, dcap.PCKCAPlatform, fixed)
	needs, good := collateralOf(t, p, dcap.TEESGX)
	status := func(code int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
	}
	body := func(text string) http.HandlerFunc { // with the header that belongs there
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set(tcbHeader, escape(good.TCBInfoIssuerChain))
			fmt.Fprint(w, text)
		}
	}
	document := fmt.Sprintf(`{"tcbInfo":%s,"signature":"%x"}`, good.TCBInfo, good.TCBInfoSignature)
	digits := strings.Repeat("ab", 64)
	const once, thrice = 1, 3
	tests := []struct {
		name  string
		path  string
		odd   http.HandlerFunc
		asked int
		want  string
	}{
		{"unknown FMSPC", tcbPath, status(404), once, "it does not know this model of platform"},
		{"unauthorized", tcbPath, status(401), once, "to answer 200, got 401 Unauthorized: ask another service"},
		{"no content", tcbPath, status(204), once, "to answer 200, got 204"},
		{"away", crlPath, status(503), thrice, "to answer 200, got 503 Service Unavailable: try again later"},
		{"root CRL away", rootPath, status(502), thrice, "to answer 200, got 502"},
		{"too many requests", qePath, status(429), thrice, "to answer 200, got 429"},
		{"redirect to another host", tcbPath, func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://127.0.0.2:1/elsewhere", http.StatusFound)
		}, once, "to answer 200, got 302 Found: it sends its callers elsewhere"},
		{"redirect to itself", tcbPath, func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/other", http.StatusTemporaryRedirect)
		}, once, "to answer 200, got 307"},

		{"huge body", tcbPath, body(document + strings.Repeat(" ", maxAnswer)), once, "expected at most 262144 bytes"},
		{"huge revocation list", rootPath, func(w http.ResponseWriter, _ *http.Request) {
			_, _ = w.Write(make([]byte, maxAnswer+1))
		}, once, "expected at most 262144 bytes"},
		{"huge header", tcbPath, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set(tcbHeader, strings.Repeat("a", maxHeaders+1))
			fmt.Fprint(w, document)
		}, thrice, "server response headers exceeded"},
		{"truncated body", tcbPath, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", fmt.Sprint(len(document)+1))
			fmt.Fprint(w, document)
		}, thrice, "unexpected EOF"},
		{"connection cut", tcbPath, func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, thrice, "use a bundle or another service"},

		{"HTML", tcbPath, body("<html>Please sign in</html>"), once, "invalid character '<'"},
		{"nothing", tcbPath, body(""), once, "EOF"},
		{"JSON list", tcbPath, body("[]"), once, "expected a JSON object"},
		{"QE identity in the place of TCB info", tcbPath, body(`{"enclaveIdentity":{},"signature":"` + digits + `"}`), once, "tcbInfo"},
		{"key twice", tcbPath, body(`{"tcbInfo":{"a":1},"tcbInfo":{"a":2},"signature":"` + digits + `"}`), once, `field "tcbInfo" twice`},
		{"key twice, escaped", tcbPath, body(`{"tcbInfo":{"a":1},"\u0074cbInfo":{"a":2},"signature":"` + digits + `"}`), once, `field "tcbInfo" twice`},
		{"key in capitals", tcbPath, body(`{"TCBINFO":{},"signature":"` + digits + `"}`), once, "tcbInfo"},
		{"one member more", tcbPath, body(`{"tcbInfo":{},"signature":"` + digits + `","note":1}`), once, "note"},
		{"null", tcbPath, body(`{"tcbInfo":null,"signature":"` + digits + `"}`), once, "tcbInfo"},
		{"something after it", tcbPath, body(document + "{}"), once, "something follows"},
		{"no signature", tcbPath, body(`{"tcbInfo":{}}`), once, "signature"},
		{"signature of another type", tcbPath, body(`{"tcbInfo":{},"signature":12}`), once, "signature"},
		{"short signature", tcbPath, body(`{"tcbInfo":{},"signature":"` + digits[2:] + `"}`), once, "128 hexadecimal digits, got 126"},
		{"signature in base64", tcbPath, body(`{"tcbInfo":{},"signature":"` + strings.Repeat("z", 128) + `"}`), once, "128 hexadecimal digits"},

		{"no header", tcbPath, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, document) }, once, "issuer chain in the header TCB-Info-Issuer-Chain, got none"},
		{"no header beside the revocation list", crlPath, func(w http.ResponseWriter, _ *http.Request) {
			_, _ = w.Write(good.PCKCRL)
		}, once, "issuer chain in the header SGX-PCK-CRL-Issuer-Chain"},
		{"header of another document", qePath, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set(tcbHeader, escape(good.TCBInfoIssuerChain))
			fmt.Fprintf(w, `{"enclaveIdentity":%s,"signature":"%x"}`, good.QEIdentity, good.QEIdentitySignature)
		}, once, "issuer chain in the header SGX-Enclave-Identity-Issuer-Chain"},
		{"header badly encoded", tcbPath, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set(tcbHeader, "-----BEGIN%2")
			fmt.Fprint(w, document)
		}, once, "expected URL-encoded PEM"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			service := &pccs{collateral: good, odd: map[string]http.HandlerFunc{tt.path: tt.odd}}
			client, waited := serve(t, service)
			got, err := client.Collateral(t.Context(), needs)
			if err == nil || got != nil {
				t.Fatalf("got %+v, %v", got, err)
			}
			if !strings.Contains(err.Error(), tt.want) || !strings.HasPrefix(err.Error(), "collateral: ") {
				t.Errorf("got %q, expected it to say %q", err, tt.want)
			}
			if n := service.askedFor(tt.path); n != tt.asked {
				t.Errorf("asked %d times, expected %d", n, tt.asked)
			}
			if want := []time.Duration{time.Second, 2 * time.Second}[:tt.asked-1]; !slices.Equal(waited.waited, want) {
				t.Errorf("waited %v, expected %v", waited.waited, want)
			}
			if service.askedFor("/other") != 0 {
				t.Error("the client followed a redirect")
			}
		})
	}
}

// The status is there for a program to see.
func TestClientStatus(t *testing.T) {
	p := newPlatform(t, dcap.PCKCAPlatform, fixed)
	client, _ := serve(t, p.ServePCS())
	_, needs := quoteOf(t, p, dcap.TEESGX)
	needs.FMSPC[5]++
	_, err := client.Collateral(t.Context(), needs)
	var refused *collateral.StatusError
	if !errors.As(err, &refused) || refused.Status != http.StatusNotFound || !strings.Contains(refused.URL, fmt.Sprintf("fmspc=%x", needs.FMSPC)) {
		t.Errorf("got %v", err)
	}
}

// A client that was made for other things is held to the same: it follows no
// redirects, and its transport's headers are bounded.
func TestClientInjected(t *testing.T) {
	p := newPlatform(t, dcap.PCKCAPlatform, fixed)
	needs, good := collateralOf(t, p, dcap.TEESGX)
	for _, tt := range []struct {
		name string
		odd  http.HandlerFunc
		want string
	}{
		{"redirect", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/other", http.StatusFound) }, "got 302"},
		{"huge header", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set(tcbHeader, strings.Repeat("a", maxHeaders+1))
			fmt.Fprintf(w, `{"tcbInfo":%s,"signature":"%x"}`, good.TCBInfo, good.TCBInfoSignature)
		}, "header TCB-Info-Issuer-Chain: expected at most 65536 bytes, got 65537"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			service := &pccs{collateral: good, odd: map[string]http.HandlerFunc{tcbPath: tt.odd}}
			server := httptest.NewServer(service)
			defer server.Close()
			injected := server.Client()
			client, err := collateral.NewClient(collateral.Config{URL: server.URL, HTTP: injected})
			if err != nil {
				t.Fatal(err)
			}
			if got, err := client.Collateral(t.Context(), needs); err == nil || got != nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %+v, %v; expected %q", got, err, tt.want)
			}
			if service.askedFor("/other") != 0 || service.askedFor(tcbPath) != 1 {
				t.Errorf("asked %v", service.asked)
			}
			if injected.CheckRedirect != nil {
				t.Error("the caller's client was changed")
			}
		})
	}
}

// What is tried again is logged, so that a slow start has a reason.
func TestClientLogs(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) }))
	defer server.Close()
	var log strings.Builder
	client, err := collateral.NewClient(collateral.Config{URL: server.URL, Sleep: new(sleeps).sleep, Logger: slog.New(slog.NewTextHandler(&log, nil))})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := client.Collateral(t.Context(), dcap.CollateralID{TEE: dcap.TEESGX, CA: dcap.PCKCAPlatform}); err == nil {
		t.Error("it answered")
	}
	if text := log.String(); strings.Count(text, "trying again") != 2 || !strings.Contains(text, "502") || !strings.Contains(text, "in=2s") {
		t.Errorf("expected two warnings, got\n%s", text)
	}
}

// A service that comes back within three attempts has failed nobody.
func TestClientTriesAgain(t *testing.T) {
	p := newPlatform(t, dcap.PCKCAPlatform, fixed)
	needs, want := collateralOf(t, p, dcap.TEESGX)
	for _, tt := range []struct {
		name string
		fail http.HandlerFunc
	}{
		{"503", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) }},
		{"429", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTooManyRequests) }},
		{"connection cut", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			service := &pccs{collateral: want}
			service.odd = map[string]http.HandlerFunc{tcbPath: func(w http.ResponseWriter, r *http.Request) {
				if service.askedFor(tcbPath) < 3 {
					tt.fail(w, r)
					return
				}
				service.usual(w, r)
			}}
			client, waited := serve(t, service)
			got, err := client.Collateral(t.Context(), needs)
			if err != nil {
				t.Fatal(err)
			}
			answers(t, got, want)
			if !slices.Equal(waited.waited, []time.Duration{time.Second, 2 * time.Second}) || service.askedFor(crlPath) != 1 {
				t.Errorf("waited %v, asked %v", waited.waited, service.asked)
			}
		})
	}
}

// Whoever ends the wait gets the service's answer, which says more.
func TestClientEndsWait(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) }))
	defer server.Close()
	client, err := collateral.NewClient(collateral.Config{URL: server.URL, Sleep: func(context.Context, time.Duration) error { return context.Canceled }})
	if err != nil {
		t.Fatal(err)
	}
	_, err = client.Collateral(t.Context(), dcap.CollateralID{TEE: dcap.TEESGX, CA: dcap.PCKCAPlatform})
	var refused *collateral.StatusError
	if !errors.As(err, &refused) || refused.Status != http.StatusBadGateway {
		t.Errorf("got %v", err)
	}
}

func TestClientURLs(t *testing.T) {
	for text, want := range map[string]string{
		"":                             "",
		"https://pccs.example:8081":    "",
		"https://pccs.example/base/":   "",
		"http://127.0.0.1:8081":        "",
		"http://[::1]:8081":            "",
		"http://localhost:8081":        "",
		"http://pccs.example:8081":     "expected an https URL, or http on a loopback address",
		"http://192.168.1.2:8081":      "expected an https URL",
		"http://localhost.example":     "expected an https URL",
		"ftp://127.0.0.1/":             "expected an https URL",
		"pccs.example:8081":            "expected a URL such as",
		"https://":                     "expected a URL such as",
		"https://pccs.example/?x=1":    "expected a URL such as",
		"https://pccs.example/#x":      "expected a URL such as",
		"https://user:pw@pccs.example": "expected a URL such as",
		"https://pccs.example\n":       "expected a URL such as",
	} {
		_, err := collateral.NewClient(collateral.Config{URL: text})
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%q: got %v, expected %q", text, err, want)
		}
	}
}

// A name that is none is refused before anybody is asked.
func TestUnknownNames(t *testing.T) {
	service := new(pccs)
	client, _ := serve(t, service)
	cache := collateral.NewCache(t.TempDir(), client, fixed)
	bundle := collateral.NewBundle(at)
	for _, id := range []dcap.CollateralID{
		{},
		{TEE: "sev", CA: dcap.PCKCAPlatform},
		{TEE: "SGX", CA: dcap.PCKCAPlatform},
		{TEE: "../../etc", CA: dcap.PCKCAPlatform},
		{TEE: dcap.TEESGX},
		{TEE: dcap.TEETDX, CA: "root"},
		{TEE: dcap.TEETDX, CA: "platform&x=1"},
	} {
		for what, source := range map[string]collateral.Source{"client": client, "cache": cache} {
			if _, err := source.Collateral(t.Context(), id); err == nil || !strings.Contains(err.Error(), "collateral: expected a ") {
				t.Errorf("%s: %q: got %v", what, id, err)
			}
		}
		if err := bundle.Add(id, new(dcap.Collateral)); err == nil {
			t.Errorf("bundle: took %q", id)
		}
	}
	if len(service.asked) != 0 {
		t.Errorf("asked %v", service.asked)
	}
}
