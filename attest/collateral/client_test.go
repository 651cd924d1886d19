package collateral_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/phallama/phallama/attest/collateral"
	"github.com/phallama/phallama/attest/dcap"
)

// What the client puts together verifies quotes of both TEEs on platforms of both
// CAs.
func TestClientOfPCS(t *testing.T) {
	for _, ca := range []dcap.PCKCA{dcap.PCKCAPlatform, dcap.PCKCAProcessor} {
		for _, tee := range []dcap.TEE{dcap.TEESGX, dcap.TEETDX} {
			t.Run(string(tee)+"/"+string(ca), func(t *testing.T) {
				p := newPlatform(t, ca, fixed)
				client, waited := serve(t, p.ServePCS())
				quote, needs := quoteOf(t, p, tee)
				if needs.TEE != tee || needs.CA != ca {
					t.Fatalf("the quote needs %s", needs)
				}
				c, err := client.Collateral(t.Context(), needs)
				if err != nil {
					t.Fatal(err)
				}
				verifies(t, p, quote, c, at)
				if len(waited.waited) != 0 {
					t.Errorf("the client waited %v", waited.waited)
				}
			})
		}
	}
}

// round sends requests to a handler, whatever host they are for, and notes them.
type round struct {
	handler http.Handler
	asked   []string
}

func (r *round) RoundTrip(req *http.Request) (*http.Response, error) {
	r.asked = append(r.asked, req.URL.String())
	w := httptest.NewRecorder()
	r.handler.ServeHTTP(w, req)
	return w.Result(), nil
}

// Intel's service has the root's revocation list at another host.
func TestClientOfIntel(t *testing.T) {
	p := newPlatform(t, dcap.PCKCAPlatform, fixed)
	quote, needs := quoteOf(t, p, dcap.TEETDX)
	for _, tt := range []struct {
		name, url string
		early     bool
		update    string
	}{
		{"standard", "", false, "standard"},
		{"early", "", true, "early"},
		{"by its URL", collateral.IntelURL + "/", false, "standard"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			transport := &round{handler: p.ServePCS()}
			client, err := collateral.NewClient(collateral.Config{URL: tt.url, Early: tt.early, HTTP: &http.Client{Transport: transport}})
			if err != nil {
				t.Fatal(err)
			}
			c, err := client.Collateral(t.Context(), needs)
			if err != nil {
				t.Fatal(err)
			}
			verifies(t, p, quote, c, at)
			want := []string{
				"https://api.trustedservices.intel.com/sgx/certification/v4/pckcrl?ca=platform&encoding=der",
				"https://certificates.trustedservices.intel.com/IntelSGXRootCA.der",
				fmt.Sprintf("https://api.trustedservices.intel.com/tdx/certification/v4/tcb?fmspc=%x&update=%s", needs.FMSPC, tt.update),
				"https://api.trustedservices.intel.com/tdx/certification/v4/qe/identity?update=" + tt.update,
			}
			if !slices.Equal(transport.asked, want) {
				t.Errorf("asked\n%s\nexpected\n%s", strings.Join(transport.asked, "\n"), strings.Join(want, "\n"))
			}
		})
	}
}

// A PCCS writes revocation lists in hexadecimal, and has the root's in its API or
// where Intel has it.
func TestClientOfPCCS(t *testing.T) {
	p := newPlatform(t, dcap.PCKCAProcessor, fixed)
	needs, want := collateralOf(t, p, dcap.TEESGX)
	missing := http.NotFound
	for _, tt := range []struct {
		name string
		odd  map[string]http.HandlerFunc
	}{
		{"its own API", nil},
		{"lists in DER", map[string]http.HandlerFunc{
			"/sgx/certification/v4/pckcrl": func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("SGX-PCK-CRL-Issuer-Chain", escape(want.PCKCRLIssuerChain))
				_, _ = w.Write(want.PCKCRL)
			},
			"/sgx/certification/v4/rootcacrl": func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(want.RootCRL) },
		}},
		{"the root's list at Intel's path", map[string]http.HandlerFunc{
			"/sgx/certification/v4/rootcacrl": missing,
			"/IntelSGXRootCA.der":             func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(want.RootCRL) },
		}},
		{"the older header", map[string]http.HandlerFunc{
			"/sgx/certification/v4/tcb": func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("SGX-TCB-Info-Issuer-Chain", escape(want.TCBInfoIssuerChain))
				fmt.Fprintf(w, `{"tcbInfo":%s,"signature":"%x"}`, want.TCBInfo, want.TCBInfoSignature)
			},
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			service := &pccs{collateral: want, odd: tt.odd}
			client, _ := serve(t, service)
			got, err := client.Collateral(t.Context(), needs)
			if err != nil {
				t.Fatal(err)
			}
			answers(t, got, want)
			if uri := "/sgx/certification/v4/pckcrl?ca=processor&encoding=der"; service.asked[0] != uri {
				t.Errorf("asked %s, expected %s", service.asked[0], uri)
			}
		})
	}
}

func escape(pem []byte) string {
	return strings.NewReplacer("\n", "%0A", " ", "%20").Replace(string(pem)) // + and / as they are
}

// What Intel really published goes through unchanged and verifies real quotes.
func TestClientRealCollateral(t *testing.T) {
	const sets = "../../../shared/quotes" // public quotes beside the repository
	for _, set := range []string{"sgx3-platform-606a-a", "sgx3-processor-a067", "tdx4-b0c0"} {
		t.Run(set, func(t *testing.T) {
			read := func(name string) []byte {
				data, err := os.ReadFile(filepath.Join(sets, set, name))
				if os.IsNotExist(err) {
					t.Skipf("no real quote at %s: this test needs the public quote sets beside the repository", filepath.Join(sets, set))
				}
				if err != nil {
					t.Fatal(err)
				}
				return data
			}
			quote := read("quote.bin")
			want, err := dcap.ParseCollateral(read("collateral.json"))
			if err != nil {
				t.Fatal(err)
			}
			var expect struct{ Now time.Time }
			if err := json.Unmarshal(read("expect.json"), &expect); err != nil {
				t.Fatal(err)
			}
			needs, err := dcap.Needs(quote)
			if err != nil {
				t.Fatal(err)
			}
			client, _ := serve(t, &pccs{collateral: want})
			got, err := client.Collateral(t.Context(), needs)
			if err != nil {
				t.Fatal(err)
			}
			got.PCKCertificateChain = want.PCKCertificateChain // the platform's own: no service has it
			answers(t, got, want)
			root, err := dcap.IntelRoot()
			if err != nil {
				t.Fatal(err)
			}
			if _, err := dcap.Verify(quote, dcap.Options{Root: root, Now: expect.Now, Collateral: got}); err != nil {
				t.Error(err)
			}
		})
	}
}

// Signatures are over the bytes that came, so none of them may change: not on the
// way in, and not in a file.
func TestClientSignedBytes(t *testing.T) {
	p := newPlatform(t, dcap.PCKCAPlatform, fixed)
	needs, c := collateralOf(t, p, dcap.TEESGX)
	odd := "{ \"z\" : 1.50e+0 ,\n\t\"a\":\"\\u00e9 <&> \u2028 \\/\", \"a \": [ {} , 0.10 ] }"
	service := &pccs{collateral: c, odd: map[string]http.HandlerFunc{
		"/sgx/certification/v4/tcb": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("TCB-Info-Issuer-Chain", escape(c.TCBInfoIssuerChain))
			fmt.Fprintf(w, " {\"signature\" :\"%X\",\r\n \"tcbInfo\":  %s \n}\n", c.TCBInfoSignature, odd)
		},
	}}
	client, _ := serve(t, service)
	got, err := client.Collateral(t.Context(), needs)
	if err != nil {
		t.Fatal(err)
	}
	again, err := dcap.ParseCollateral(mustJSON(t, got))
	if err != nil {
		t.Fatal(err)
	}
	for what, text := range map[string][]byte{"as it came": got.TCBInfo, "from a file": again.TCBInfo} {
		if string(text) != odd {
			t.Errorf("%s: got %q, expected %q", what, text, odd)
		}
	}
	if !bytes.Equal(got.TCBInfoSignature, c.TCBInfoSignature) {
		t.Errorf("signature %x, expected %x", got.TCBInfoSignature, c.TCBInfoSignature)
	}
}

// A request that its caller gives up is not tried again.
func TestClientGivenUp(t *testing.T) {
	p := newPlatform(t, dcap.PCKCAPlatform, fixed)
	needs, c := collateralOf(t, p, dcap.TEESGX)
	ctx, cancel := context.WithCancel(t.Context())
	service := &pccs{collateral: c, odd: map[string]http.HandlerFunc{
		"/sgx/certification/v4/pckcrl": func(w http.ResponseWriter, _ *http.Request) {
			cancel()
			w.WriteHeader(http.StatusServiceUnavailable)
		},
	}}
	client, waited := serve(t, service)
	if _, err := client.Collateral(ctx, needs); err == nil {
		t.Fatal("it answered")
	}
	if n := service.askedFor("/sgx/certification/v4/pckcrl"); n != 1 || len(waited.waited) != 0 {
		t.Errorf("asked %d times, waited %v", n, waited.waited)
	}
}
