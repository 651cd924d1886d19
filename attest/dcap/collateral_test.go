package dcap_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/phallama/phallama/attest/dcap"
	"github.com/phallama/phallama/attest/simulated"
)

// collateralFields are the members of a set's JSON.
func collateralFields(t *testing.T, c *dcap.Collateral) map[string]any {
	t.Helper()
	data, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	fields := make(map[string]any)
	if err := json.Unmarshal(data, &fields); err != nil {
		t.Fatal(err)
	}
	return fields
}

func TestParseCollateral(t *testing.T) {
	good := simulatedSample(t, dcap.TEETDX).opts.Collateral
	data, err := json.Marshal(good)
	if err != nil {
		t.Fatal(err)
	}
	again, err := dcap.ParseCollateral(data)
	if err != nil || !reflect.DeepEqual(again, good) {
		t.Fatalf("it is not read as it was written: %v", err)
	}

	const part = 256 << 10 // the limit of one part
	for _, tt := range []struct {
		name, member string
		value        any // nil removes the member
		say          string
	}{
		{"root CRL in base64", "root_ca_crl", "MIIBIDCBxgIB", "root_ca_crl: expected hexadecimal"},
		{"odd digits", "pck_crl", "abc", "pck_crl: expected hexadecimal"},
		{"short signature", "tcb_info_signature", strings.Repeat("00", 63), "tcb_info_signature: expected 64 bytes, got 63"},
		{"long signature", "qe_identity_signature", strings.Repeat("00", 65), "qe_identity_signature: expected 64 bytes, got 65"},
		{"TCB info as an object", "tcb_info", map[string]any{"id": "SGX"}, "tcb_info: expected a string"},
		{"number", "pck_crl_issuer_chain", 7, "pck_crl_issuer_chain: expected a string"},
		{"unknown member", "tcb_information", "x", "unknown field"},
		{"member in another case", "TCB_INFO", "x", "unknown field"},
		{"part as large as can be", "pck_certificate_chain", strings.Repeat("x", part), ""},
		{"part too large", "pck_certificate_chain", strings.Repeat("x", part+1), "pck_certificate_chain: expected at most 262144 bytes, got 262145"},
		{"all too large", "tcb_info", strings.Repeat("x", dcap.MaxCollateralSize), "at most 1048576 bytes of JSON"},
		{"without a PCK chain", "pck_certificate_chain", nil, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			fields := collateralFields(t, good)
			if fields[tt.member] = tt.value; tt.value == nil {
				delete(fields, tt.member)
			}
			wantCollateral(t, fields, tt.say)
		})
	}
	for member := range collateralFields(t, good) {
		if member == "pck_certificate_chain" {
			continue
		}
		for name, value := range map[string]any{"missing": nil, "null": json.RawMessage("null")} {
			t.Run(member+" "+name, func(t *testing.T) {
				fields := collateralFields(t, good)
				if fields[member] = value; value == nil {
					delete(fields, member)
				}
				wantCollateral(t, fields, fmt.Sprintf("%q is missing", member))
			})
		}
	}
	for name, text := range map[string]string{
		"twice": strings.Replace(string(data), `"tcb_info"`, `"tcb_info":"","tcb_info"`, 1), "list": `[]`, "null": `null`, "nothing": ``, "two": string(data) + string(data),
	} {
		if _, err := dcap.ParseCollateral([]byte(text)); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func wantCollateral(t *testing.T, fields map[string]any, say string) {
	t.Helper()
	data, err := json.Marshal(fields)
	if err != nil {
		t.Fatal(err)
	}
	_, err = dcap.ParseCollateral(data)
	if say == "" && err != nil || say != "" && (err == nil || !strings.Contains(err.Error(), say)) {
		t.Errorf("expected %q, got %v", say, err)
	}
}

// TestPCKCRLIssuerChain: the chain that comes with the list of PCK certificates is
// that of the CA that issued the PCK certificate, even where the list itself is
// the right one.
func TestPCKCRLIssuerChain(t *testing.T) {
	cfg := simulated.Config{Now: func() time.Time { return now }, CA: dcap.PCKCAPlatform}
	p, err := simulated.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	cfg.CA = dcap.PCKCAProcessor
	neighbour, err := p.NewMachine(cfg)
	if err != nil {
		t.Fatal(err)
	}
	own, other := sampleOf(t, p, dcap.TEESGX), sampleOf(t, neighbour, dcap.TEESGX)
	own.verify(t)
	other.verify(t)
	for name, chain := range map[string][]byte{
		"of the other CA":         other.opts.Collateral.PCKCRLIssuerChain,
		"of the TCB signer":       own.opts.Collateral.TCBInfoIssuerChain,
		"of another network's CA": simulatedSample(t, dcap.TEESGX).opts.Collateral.PCKCRLIssuerChain,
	} {
		t.Run(name, func(t *testing.T) {
			c := *own.opts.Collateral
			c.PCKCRLIssuerChain = chain
			opts := own.opts
			opts.Collateral = &c
			_, err := dcap.Verify(own.quote, opts)
			check := dcap.CheckCRLSignature
			if name == "of another network's CA" {
				check = dcap.CheckTrustAnchor
			}
			wantCheck(t, err, check.Name)
		})
	}
	t.Run("real", func(t *testing.T) {
		s, from := realSample(t, "sgx3-processor-a067"), realSample(t, "sgx3-platform-606a-a")
		c := *s.opts.Collateral
		c.PCKCRLIssuerChain = from.opts.Collateral.PCKCRLIssuerChain
		s.opts.Collateral = &c
		_, err := dcap.Verify(s.quote, s.opts)
		wantCheck(t, err, dcap.CheckCRLSignature.Name)
	})
}

// TestSizesOfParts: collateral that did not come from JSON has the same limits.
func TestSizesOfParts(t *testing.T) {
	s := simulatedSample(t, dcap.TEESGX)
	for name, pick := range map[string]func(c *dcap.Collateral) *[]byte{
		"PCK CRL":   func(c *dcap.Collateral) *[]byte { return &c.PCKCRL },
		"TCB info":  func(c *dcap.Collateral) *[]byte { return &c.TCBInfo },
		"PCK chain": func(c *dcap.Collateral) *[]byte { return &c.PCKCertificateChain },
	} {
		t.Run(name, func(t *testing.T) {
			c := *s.opts.Collateral
			*pick(&c) = make([]byte, 256<<10+1)
			opts := s.opts
			opts.Collateral = &c
			_, err := dcap.Verify(s.quote, opts)
			wantCheck(t, err, dcap.CheckCollateral.Name)
		})
	}
}

func TestNames(t *testing.T) {
	id := dcap.CollateralID{TEE: dcap.TEESGX, FMSPC: [6]byte{0, 0x60, 0x6a}, CA: dcap.PCKCAPlatform}
	if got := id.String(); got != "sgx-00606a000000-platform" {
		t.Error(got)
	}
	for value, want := range map[dcap.SGXType]string{
		dcap.SGXStandard: "standard", dcap.SGXScalable: "scalable", dcap.SGXScalableIntegrity: "scalable-with-integrity", 7: "unknown(7)",
	} {
		if value.String() != want {
			t.Errorf("%s, expected %s", value, want)
		}
	}
}
