package simulated_test

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/phallama/phallama/attest/dcap"
	"github.com/phallama/phallama/attest/simulated"
)

// TestPCS puts collateral together from what the service answers, as a client of
// Intel's does, and verifies a quote with it.
func TestPCS(t *testing.T) {
	for _, ca := range []dcap.PCKCA{dcap.PCKCAPlatform, dcap.PCKCAProcessor} {
		for _, tee := range []dcap.TEE{dcap.TEESGX, dcap.TEETDX} {
			t.Run(string(ca)+"/"+string(tee), func(t *testing.T) {
				p, err := simulated.New(simulated.Config{Now: config.Now, CA: ca})
				if err != nil {
					t.Fatal(err)
				}
				server := httptest.NewServer(p.ServePCS())
				defer server.Close()
				c := new(dcap.Collateral)
				get := func(path, header string) []byte {
					body, h := fetch(t, server.URL+path, http.StatusOK)
					if header == "" {
						return body
					}
					chain, err := url.PathUnescape(h.Get(header)) // a + stays a +
					if err != nil || !strings.HasPrefix(chain, "-----BEGIN CERTIFICATE-----\n") {
						t.Fatalf("%s: header %s: %q, %v", path, header, chain, err)
					}
					switch header {
					case "TCB-Info-Issuer-Chain":
						c.TCBInfoIssuerChain = []byte(chain)
					case "SGX-Enclave-Identity-Issuer-Chain":
						c.QEIdentityIssuerChain = []byte(chain)
					default:
						c.PCKCRLIssuerChain = []byte(chain)
					}
					return body
				}
				base := "/" + string(tee) + "/certification/v4/"
				c.TCBInfo, c.TCBInfoSignature = signed(t, get(base+"tcb?fmspc=53494D000000", "TCB-Info-Issuer-Chain"), "tcbInfo")
				c.QEIdentity, c.QEIdentitySignature = signed(t, get(base+"qe/identity", "SGX-Enclave-Identity-Issuer-Chain"), "enclaveIdentity")
				c.PCKCRL = get("/sgx/certification/v4/pckcrl?encoding=der&ca="+string(ca), "SGX-PCK-CRL-Issuer-Chain")
				c.RootCRL = get("/IntelSGXRootCA.der", "")

				source := p.Source(enclave)
				if tee == dcap.TEETDX {
					source = p.GuestSource(simulated.Guest{})
				}
				ev, err := source.Quote(t.Context(), [64]byte{5})
				if err != nil {
					t.Fatal(err)
				}
				root, err := dcap.ParseRoot(p.RootDER())
				if err != nil {
					t.Fatal(err)
				}
				res, err := dcap.Verify(ev.Quote, dcap.Options{Root: root, Now: now, Collateral: c})
				if err != nil {
					t.Fatal(err)
				}
				if res.TCB.Status != dcap.TCBUpToDate {
					t.Errorf("status %s", res.TCB.Status)
				}
			})
		}
	}
}

func TestPCSAnswers(t *testing.T) {
	handler := newPlatform(t).ServePCS()
	const sgx, tdx = "/sgx/certification/v4/", "/tdx/certification/v4/"
	for _, tt := range []struct {
		path   string
		status int
	}{
		{sgx + "tcb?fmspc=53494D000000", 200},
		{sgx + "tcb?fmspc=53494d000000", 200},
		{tdx + "tcb?fmspc=53494D000000&update=early", 200},
		{tdx + "tcb?fmspc=53494D000000&update=standard", 200},
		{sgx + "tcb?fmspc=53494D000000&tcbEvaluationDataNumber=20", 200},
		{sgx + "tcb?fmspc=53494D000000&tcbEvaluationDataNumber=19", 404},
		{sgx + "tcb?fmspc=53494D000000&tcbEvaluationDataNumber=20&update=early", 400},
		{sgx + "tcb?fmspc=53494D000000&update=late", 400},
		{sgx + "tcb", 400},
		{sgx + "tcb?fmspc=", 400},
		{sgx + "tcb?fmspc=53494D0000", 400},
		{sgx + "tcb?fmspc=SIM000000000", 400},
		{sgx + "tcb?fmspc=00606A000000", 404},
		{tdx + "tcb?fmspc=00606A000000", 404},
		{sgx + "qe/identity", 200},
		{tdx + "qe/identity?update=early", 200},
		{sgx + "qe/identity?update=late", 400},
		{sgx + "pckcrl?ca=processor&encoding=der", 200},
		{sgx + "pckcrl?ca=platform&encoding=pem", 200},
		{sgx + "pckcrl?ca=platform", 200},
		{sgx + "pckcrl", 400},
		{sgx + "pckcrl?ca=root", 400},
		{sgx + "pckcrl?ca=platform&encoding=xml", 400},
		{tdx + "pckcrl?ca=platform", 404},
		{sgx + "pckcert", 404},
		{"/", 404},
	} {
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, httptest.NewRequest(http.MethodGet, tt.path, nil))
		if w.Code != tt.status {
			t.Errorf("%s: status %d, expected %d: %s", tt.path, w.Code, tt.status, w.Body)
		}
		if tt.status != 200 && tt.status != 404 && !strings.Contains(w.Body.String(), "SIMULATED") {
			t.Errorf("%s: %q does not say what is wrong", tt.path, w.Body)
		}
	}
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, httptest.NewRequest(http.MethodPost, sgx+"qe/identity", nil))
	if w.Code != http.StatusMethodNotAllowed {
		t.Errorf("POST: status %d", w.Code)
	}
	w = httptest.NewRecorder()
	handler.ServeHTTP(w, httptest.NewRequest(http.MethodGet, sgx+"pckcrl?ca=platform", nil))
	if block, rest := pem.Decode(w.Body.Bytes()); block == nil || block.Type != "X509 CRL" || len(rest) != 0 {
		t.Errorf("the list is not in PEM: %s", w.Body)
	}
}

// TestCollateralIsFresh: a devnet that was left alone for years still serves
// current collateral, of the same issuers.
func TestCollateralIsFresh(t *testing.T) {
	clock := now
	cfg := simulated.Config{Now: func() time.Time { return clock }}
	dir := t.TempDir()
	if _, err := simulated.LoadOrNew(dir, cfg); err != nil {
		t.Fatal(err)
	}
	clock = now.AddDate(2, 0, 0)
	p, err := simulated.LoadOrNew(dir, cfg)
	if err != nil {
		t.Fatal(err)
	}
	root, err := dcap.ParseRoot(p.RootDER())
	if err != nil {
		t.Fatal(err)
	}
	ev, err := p.Source(enclave).Quote(t.Context(), [64]byte{5})
	if err != nil {
		t.Fatal(err)
	}
	c, err := p.Collateral(dcap.TEESGX)
	if err != nil {
		t.Fatal(err)
	}
	res, err := dcap.Verify(ev.Quote, dcap.Options{Root: root, Now: clock, Collateral: c})
	if err != nil {
		t.Fatal(err)
	}
	if want := clock.Add(30*24*time.Hour - time.Hour); !res.NotAfter.Equal(want) {
		t.Errorf("good until %v, expected %v", res.NotAfter, want)
	}
	if _, err := p.Collateral("sev"); err == nil {
		t.Error("there is collateral for a TEE that there is not")
	}
}

// TestConfig: what a platform cannot be made from is an error that says so.
func TestConfig(t *testing.T) {
	for _, cfg := range []simulated.Config{{CA: "root"}, {Status: "Excellent"}} {
		if _, err := simulated.New(cfg); err == nil || !strings.Contains(err.Error(), "expected") {
			t.Errorf("%+v: %v", cfg, err)
		}
	}
	p := newPlatform(t)
	bad := enclave
	bad.QuoteVersion = 6
	for _, source := range []*simulated.Source{
		p.Source(bad),
		p.GuestSource(simulated.Guest{QuoteVersion: 3}),
		p.GuestSource(simulated.Guest{QuoteVersion: 4, TD15: true}),
	} {
		if _, err := source.Quote(t.Context(), [64]byte{5}); err == nil || !strings.Contains(err.Error(), "quote version") {
			t.Errorf("a quote of an impossible version: %v", err)
		}
	}
}

// TestCollateralShape holds simulated documents against Intel's: the same members
// in the same order.
func TestCollateralShape(t *testing.T) {
	const quotes = "../../../shared/quotes"
	for set, tee := range map[string]dcap.TEE{"sgx3-platform-606a-a": dcap.TEESGX, "tdx4-b0c0": dcap.TEETDX} {
		t.Run(set, func(t *testing.T) {
			data, err := os.ReadFile(filepath.Join(quotes, set, "collateral.json"))
			if errors.Is(err, fs.ErrNotExist) {
				t.Skipf("the public quote sets are not at %s", quotes)
			}
			if err != nil {
				t.Fatal(err)
			}
			real, err := dcap.ParseCollateral(data)
			if err != nil {
				t.Fatal(err)
			}
			ours, err := newPlatform(t).Collateral(tee)
			if err != nil {
				t.Fatal(err)
			}
			for name, pair := range map[string][2][]byte{"TCB info": {real.TCBInfo, ours.TCBInfo}, "QE identity": {real.QEIdentity, ours.QEIdentity}} {
				// Our first level has no advisories, theirs may have some.
				if want, got := shape(t, pair[0]), shape(t, pair[1]); !slices.Equal(want, got) {
					t.Errorf("%s has the members\n%v\nIntel's has\n%v", name, got, want)
				}
			}
		})
	}
}

// shape lists the paths of all members of a document, each once, in the order in
// which they first come.
func shape(t *testing.T, document []byte) []string {
	t.Helper()
	var paths []string
	var walk func(dec *json.Decoder, at string) error
	walk = func(dec *json.Decoder, at string) error {
		token, err := dec.Token()
		if err != nil {
			return err
		}
		delim, ok := token.(json.Delim)
		if !ok {
			return nil
		}
		for dec.More() {
			below := at + "[]"
			if delim == '{' {
				key, err := dec.Token()
				if err != nil {
					return err
				}
				below = at + "." + key.(string)
				if optional := strings.HasSuffix(below, "advisoryIDs"); !optional && !slices.Contains(paths, below) {
					paths = append(paths, below)
				}
			}
			if err := walk(dec, below); err != nil {
				return err
			}
		}
		_, err = dec.Token()
		return err
	}
	if err := walk(json.NewDecoder(bytes.NewReader(document)), ""); err != nil {
		t.Fatal(err)
	}
	return paths
}

func fetch(t *testing.T, address string, status int) ([]byte, http.Header) {
	t.Helper()
	resp, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	if resp.StatusCode != status {
		t.Fatalf("%s: status %d: %s", address, resp.StatusCode, body)
	}
	return body, resp.Header
}

// signed takes the document and the signature out of an answer, as bytes.
func signed(t *testing.T, body []byte, name string) (document, signature []byte) {
	t.Helper()
	var answer map[string]json.RawMessage
	if err := json.Unmarshal(body, &answer); err != nil {
		t.Fatal(err)
	}
	var digits string
	if err := json.Unmarshal(answer["signature"], &digits); err != nil || len(answer) != 2 {
		t.Fatalf("%d members, %v", len(answer), err)
	}
	signature, err := hex.DecodeString(digits)
	if err != nil {
		t.Fatal(err)
	}
	return answer[name], signature
}
