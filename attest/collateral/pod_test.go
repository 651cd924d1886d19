package collateral_test

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/phallama/phallama/attest/collateral"
	"github.com/phallama/phallama/attest/dcap"
)

const servedPath = "/.well-known/phallama-attestation"

func TestFromPod(t *testing.T) {
	p := newPlatform(t, dcap.PCKCAPlatform, fixed)
	_, want := collateralOf(t, p, dcap.TEESGX)
	served := fmt.Sprintf(`{"collateral":%s,"endorsements":[{"machine": "0x01"},{}]}`, mustJSON(t, want))
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+servedPath, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, served) })
	mux.HandleFunc("GET /away"+servedPath, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, servedPath, http.StatusFound) })
	mux.HandleFunc("GET /none"+servedPath, http.NotFound)
	mux.HandleFunc("GET /huge"+servedPath, func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, served+strings.Repeat(" ", collateral.MaxServedSize))
	})
	mux.HandleFunc("GET /html"+servedPath, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<html>") })
	server := httptest.NewServer(mux)
	defer server.Close()

	for _, client := range []*http.Client{nil, server.Client()} {
		for _, url := range []string{server.URL, server.URL + "/"} {
			got, err := collateral.FromPod(t.Context(), client, url, servedPath)
			if err != nil {
				t.Fatal(err)
			}
			answers(t, got.Collateral, want)
			if len(got.Endorsements) != 2 || string(got.Endorsements[0]) != `{"machine": "0x01"}` || string(got.Endorsements[1]) != "{}" {
				t.Errorf("endorsements %s", got.Endorsements)
			}
		}
	}
	follows := &http.Client{} // by itself it would follow redirects
	if got, err := collateral.FromPod(t.Context(), follows, server.URL+"/away", servedPath); err == nil || !strings.Contains(err.Error(), "got 302") {
		t.Errorf("a redirect was followed: %+v, %v", got, err)
	}
	if follows.CheckRedirect != nil {
		t.Error("the caller's client was changed")
	}
	for base, want := range map[string]string{
		"/away": "got 302", "/none": "got 404 Not Found: the pod's operator has not brought its collateral yet", "/huge": "expected at most 524288 bytes", "/html": "what the pod serves about itself",
	} {
		if got, err := collateral.FromPod(t.Context(), nil, server.URL+base, servedPath); err == nil || got != nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %+v, %v; expected %q", base, got, err, want)
		}
	}
	var refused *collateral.StatusError
	if _, err := collateral.FromPod(t.Context(), nil, server.URL+"/none", servedPath); !errors.As(err, &refused) || refused.Status != http.StatusNotFound {
		t.Errorf("got %v", err)
	}
	for _, url := range []string{"", "::", "http://127.0.0.1:1"} {
		if got, err := collateral.FromPod(t.Context(), nil, url, servedPath); err == nil {
			t.Errorf("%q: got %+v", url, got)
		}
	}
}

// A client of FromPod's own leaves no connection behind. This waits for the server
// to see it end.
func TestFromPodCloses(t *testing.T) {
	p := newPlatform(t, dcap.PCKCAPlatform, fixed)
	_, c := collateralOf(t, p, dcap.TEESGX)
	closed := make(chan struct{}, 1)
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintf(w, `{"collateral":%s,"endorsements":[]}`, mustJSON(t, c))
	}))
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateClosed {
			closed <- struct{}{}
		}
	}
	server.Start()
	if _, err := collateral.FromPod(t.Context(), nil, server.URL, servedPath); err != nil {
		t.Fatal(err)
	}
	<-closed
	server.Close()
}

func TestParseServed(t *testing.T) {
	p := newPlatform(t, dcap.PCKCAPlatform, fixed)
	_, c := collateralOf(t, p, dcap.TEETDX)
	one := string(mustJSON(t, c))
	got, err := collateral.ParseServed([]byte(`{"endorsements":[],"collateral":` + one + `}`))
	if err != nil {
		t.Fatal(err)
	}
	answers(t, got.Collateral, c)
	if len(got.Endorsements) != 0 {
		t.Errorf("endorsements %s", got.Endorsements)
	}
	for _, tt := range []struct{ name, text, want string }{
		{"nothing", "", "EOF"},
		{"null", "null", "expected a JSON object"},
		{"no endorsements", `{"collateral":` + one + `}`, "endorsements"},
		{"endorsements null", `{"collateral":` + one + `,"endorsements":null}`, "endorsements"},
		{"endorsements an object", `{"collateral":` + one + `,"endorsements":{}}`, "endorsements"},
		{"no collateral", `{"endorsements":[]}`, "collateral"},
		{"collateral null", `{"collateral":null,"endorsements":[]}`, "collateral"},
		{"collateral a string", `{"collateral":"","endorsements":[]}`, "collateral"},
		{"collateral in part", `{"collateral":{"tcb_info":"{}"},"endorsements":[]}`, "collateral"},
		{"collateral twice", `{"collateral":` + one + `,"collateral":` + one + `,"endorsements":[]}`, `field "collateral" twice`},
		{"part twice", `{"collateral":` + strings.Replace(one, "{", `{"root_ca_crl":"",`, 1) + `,"endorsements":[]}`, `field "root_ca_crl" twice`},
		{"a member more", `{"collateral":` + one + `,"endorsements":[],"pod":""}`, "pod"},
		{"something after it", `{"collateral":` + one + `,"endorsements":[]}{}`, "something follows"},
		{"too large", strings.Repeat(" ", collateral.MaxServedSize+1), "expected at most 524288 bytes"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got, err := collateral.ParseServed([]byte(tt.text)); err == nil || got != nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %+v, %v; expected %q", got, err, tt.want)
			}
		})
	}
}
