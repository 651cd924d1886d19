package dcap_test

import (
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/phallama/phallama/attest/dcap"
)

// quoteSets is a folder of public quotes of real machines, beside the
// repository. They are not part of it.
const quoteSets = "../../../shared/quotes"

// readSet returns a set's quote and the instant at which to verify it.
func readSet(t *testing.T, name string) ([]byte, time.Time) {
	t.Helper()
	quote, err := os.ReadFile(filepath.Join(quoteSets, name, "quote.bin"))
	if os.IsNotExist(err) {
		t.Skipf("no real quote at %s: this test needs the public quote sets beside the repository", filepath.Join(quoteSets, name))
	}
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(quoteSets, name, "expect.json"))
	if err != nil {
		t.Fatal(err)
	}
	var expect struct{ Now time.Time }
	if err := json.Unmarshal(data, &expect); err != nil {
		t.Fatal(err)
	}
	return quote, expect.Now
}

func TestVerifyRealQuotes(t *testing.T) {
	root, err := dcap.IntelRoot()
	if err != nil {
		t.Fatal(err)
	}
	// Facts of the PCK certificates as openssl asn1parse shows them.
	tests := []struct {
		set    string
		ca     dcap.PCKCA
		fmspc  string
		cpuSVN string
		pceSVN uint16
		sgx    dcap.SGXType
		debug  bool
	}{
		{"sgx3-processor-a067", dcap.PCKCAProcessor, "00a067110000", "0b0b0202ff0100000000000000000000", 13, dcap.SGXStandard, false},
		{"sgx3-processor-a067-DEBUG", dcap.PCKCAProcessor, "00a067110000", "0b0b0202ff0100000000000000000000", 13, dcap.SGXStandard, true},
		{"sgx3-platform-606a-a", dcap.PCKCAPlatform, "00606a000000", "0e0e0303ffff01000000000000000000", 13, dcap.SGXScalable, false},
	}
	for _, tt := range tests {
		t.Run(tt.set, func(t *testing.T) {
			quote, at := readSet(t, tt.set)
			res, err := dcap.Verify(quote, dcap.Options{Root: root, Now: at})
			if err != nil {
				t.Fatal(err)
			}
			if got := hex.EncodeToString(res.PCK.FMSPC[:]); got != tt.fmspc {
				t.Errorf("FMSPC %s, expected %s", got, tt.fmspc)
			}
			if got := hex.EncodeToString(res.PCK.CPUSVN[:]); got != tt.cpuSVN {
				t.Errorf("CPUSVN %s, expected %s", got, tt.cpuSVN)
			}
			if got := hex.EncodeToString(res.PCK.ComponentSVNs[:]); got != tt.cpuSVN {
				t.Errorf("component SVNs %s, expected %s", got, tt.cpuSVN)
			}
			if res.PCK.PCESVN != tt.pceSVN || res.CA != tt.ca || res.PCK.SGXType != tt.sgx || res.Quote.Report.Debug() != tt.debug {
				t.Errorf("PCE SVN %d, CA %s, SGX type %s, debug %t", res.PCK.PCESVN, res.CA, res.PCK.SGXType, res.Quote.Report.Debug())
			}
			if onPlatform := tt.ca == dcap.PCKCAPlatform; (res.PCK.PlatformInstanceID != nil) != onPlatform || (res.PCK.Configuration != nil) != onPlatform {
				t.Errorf("instance id %x, configuration %+v", res.PCK.PlatformInstanceID, res.PCK.Configuration)
			}
			for _, bound := range []time.Time{res.NotAfter.Add(time.Second), res.Chain.PCK.NotBefore.Add(-time.Second)} {
				_, err := dcap.Verify(quote, dcap.Options{Root: root, Now: bound})
				wantCheck(t, err, "certificate-validity")
			}
			_, err = dcap.Verify(quote, dcap.Options{Root: newForge(t).root, Now: at})
			wantCheck(t, err, "trust-anchor")
			for _, offset := range []int{0, 48, 48 + 64, 432, 436, 500, 564, 948, 1012, 1014, 1100, len(quote) / 2} {
				quote[offset] ^= 0x10
				if _, err := dcap.Verify(quote, dcap.Options{Root: root, Now: at}); err == nil {
					t.Errorf("byte %d: accepted with a flipped bit", offset)
				}
				quote[offset] ^= 0x10
			}
		})
	}
}

func TestVerifyRealTDXQuote(t *testing.T) {
	quote, at := readSet(t, "tdx4-b0c0")
	root, err := dcap.IntelRoot()
	if err != nil {
		t.Fatal(err)
	}
	_, err = dcap.Verify(quote, dcap.Options{Root: root, Now: at})
	wantCheck(t, err, "quote-format")
	if want := "not supported yet: quote version 4"; !strings.Contains(err.Error(), want) {
		t.Errorf("expected %q in: %v", want, err)
	}
}
