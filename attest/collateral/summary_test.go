package collateral_test

import (
	"bytes"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/phallama/phallama/attest/collateral"
	"github.com/phallama/phallama/attest/dcap"
)

func TestSummarize(t *testing.T) {
	for _, ca := range []dcap.PCKCA{dcap.PCKCAPlatform, dcap.PCKCAProcessor} {
		for _, tee := range []dcap.TEE{dcap.TEESGX, dcap.TEETDX} {
			p := newPlatform(t, ca, fixed)
			id, c := collateralOf(t, p, tee)
			got, err := collateral.Summarize(c)
			if err != nil {
				t.Fatal(err)
			}
			from, until := at.Add(-time.Hour), at.Add(-time.Hour+window)
			if got.ID != id || !got.From.Equal(from) || !got.Until.Equal(until) || !strings.HasPrefix(got.Root, "SIMULATED ") {
				t.Errorf("%s: got %+v", id, got)
			}
			var names []string
			for _, part := range got.Parts {
				names = append(names, part.Name)
				if !part.Issued.Equal(from) || !part.Until.Equal(until) || part.Size == 0 {
					t.Errorf("%s: part %+v", id, part)
				}
			}
			if want := []string{"root CRL", "PCK CRL", "TCB info", "QE identity"}; !reflect.DeepEqual(names, want) {
				t.Fatalf("parts %v", names)
			}
			if got.Parts[0].Revoked != 0 || got.Parts[1].Revoked != 1 || got.Parts[2].Levels < 2 || got.Parts[3].Levels < 1 || got.Parts[2].EvaluationNumber < 17 {
				t.Errorf("%s: parts %+v", id, got.Parts)
			}
		}
	}
}

func TestSummarizeRefuses(t *testing.T) {
	p := newPlatform(t, dcap.PCKCAPlatform, fixed)
	_, sgx := collateralOf(t, p, dcap.TEESGX)
	_, tdx := collateralOf(t, p, dcap.TEETDX)
	for name, change := range map[string]func(*dcap.Collateral){
		"no TCB info":               func(c *dcap.Collateral) { c.TCBInfo = nil },
		"QE identity of TDX":        func(c *dcap.Collateral) { c.QEIdentity = tdx.QEIdentity },
		"TCB info of another TEE":   func(c *dcap.Collateral) { c.TCBInfo = bytes.Replace(c.TCBInfo, []byte(`"SGX"`), []byte(`"SEV"`), 1) },
		"broken revocation list":    func(c *dcap.Collateral) { c.PCKCRL = c.PCKCRL[1:] },
		"revocation lists swapped":  func(c *dcap.Collateral) { c.PCKCRL = c.RootCRL },
		"no chain of certificates":  func(c *dcap.Collateral) { c.TCBInfoIssuerChain = nil },
		"broken chain":              func(c *dcap.Collateral) { c.TCBInfoIssuerChain = c.TCBInfoIssuerChain[1:] },
		"signature of another size": func(c *dcap.Collateral) { c.TCBInfoSignature = nil },
	} {
		c := *sgx
		change(&c)
		if got, err := collateral.Summarize(&c); err == nil || got != nil {
			t.Errorf("%s: got %+v", name, got)
		}
	}
}

func TestReadWrite(t *testing.T) {
	p := newPlatform(t, dcap.PCKCAPlatform, fixed)
	_, want := collateralOf(t, p, dcap.TEESGX)
	path := filepath.Join(t.TempDir(), "collateral.json")
	if err := collateral.Write(path, want); err != nil {
		t.Fatal(err)
	}
	got, err := collateral.Read(path)
	if err != nil {
		t.Fatal(err)
	}
	answers(t, got, want)
	if err := collateral.NewBundle(at).Write(path); err != nil {
		t.Fatal(err)
	}
	if got, err := collateral.Read(path); err == nil || got != nil || !strings.HasPrefix(err.Error(), path+": collateral: ") {
		t.Errorf("got %+v, %v", got, err)
	}
}
