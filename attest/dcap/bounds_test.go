package dcap_test

import (
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"testing"
	"time"

	"github.com/phallama/phallama/attest/dcap"
)

// period is a validity period that a verification has to hold, read from the bytes
// by other means than the package's own.
type period struct {
	check, what string
	from, until time.Time
}

func (p period) holds(t time.Time) bool { return !t.Before(p.from) && !t.After(p.until) }

// periodsOf are all periods of a sample, in the order in which they are checked.
func periodsOf(t *testing.T, s sample) []period {
	t.Helper()
	q, err := dcap.ParseQuote(s.quote)
	if err != nil {
		t.Fatal(err)
	}
	c := s.opts.Collateral
	var periods []period
	for _, chain := range []struct {
		what string
		pem  []byte
		n    int
	}{
		{"PCK chain", q.CertChainPEM, 3},
		{"PCK CRL issuer chain", c.PCKCRLIssuerChain, 2},
		{"TCB info issuer chain", c.TCBInfoIssuerChain, 2},
		{"QE identity issuer chain", c.QEIdentityIssuerChain, 2},
	} {
		rest, n := chain.pem, 0
		for {
			var block *pem.Block
			if block, rest = pem.Decode(rest); block == nil {
				break
			}
			cert, err := x509.ParseCertificate(block.Bytes)
			if err != nil {
				t.Fatal(err)
			}
			n++
			periods = append(periods, period{"certificate-validity", chain.what + ": " + cert.Subject.CommonName, cert.NotBefore, cert.NotAfter})
		}
		if n != chain.n {
			t.Fatalf("%s: %d certificates, expected %d", chain.what, n, chain.n)
		}
	}
	for what, der := range map[string][]byte{"root CRL": c.RootCRL, "PCK CRL": c.PCKCRL} {
		crl, err := x509.ParseRevocationList(der)
		if err != nil {
			t.Fatal(err)
		}
		periods = append(periods, period{"crl-validity", what, crl.ThisUpdate, crl.NextUpdate})
	}
	for _, document := range []struct {
		check string
		text  []byte
	}{{"tcb-info-validity", c.TCBInfo}, {"qe-identity-validity", c.QEIdentity}} {
		var dates struct{ IssueDate, NextUpdate time.Time }
		if err := json.Unmarshal(document.text, &dates); err != nil {
			t.Fatal(err)
		}
		periods = append(periods, period{document.check, document.check, dates.IssueDate, dates.NextUpdate})
	}
	return periods
}

// TestEveryBound holds the second before, at and after each bound of each
// certificate, revocation list and document: it is the first check whose period is
// left that refuses, and no other.
func TestEveryBound(t *testing.T) {
	for name, s := range allSamples() {
		t.Run(name, func(t *testing.T) {
			s := s(t)
			periods := periodsOf(t, s)
			good := period{from: periods[0].from, until: periods[0].until} // of everything together
			for _, p := range periods {
				if p.from.After(good.from) {
					good.from = p.from
				}
				if p.until.Before(good.until) {
					good.until = p.until
				}
			}
			if res := s.verify(t); !res.NotAfter.Equal(good.until) {
				t.Errorf("NotAfter %s, expected %s", res.NotAfter, good.until)
			}
			accepted := 0
			for _, p := range periods {
				for _, bound := range []time.Time{p.from, p.until} {
					for _, step := range []time.Duration{-time.Second, 0, time.Second} {
						opts := s.opts
						opts.Now = bound.Add(step)
						var left *period
						for i := range periods {
							if left == nil && !periods[i].holds(opts.Now) {
								left = &periods[i]
							}
						}
						res, err := dcap.Verify(s.quote, opts)
						var refused *dcap.CheckError
						switch {
						case left == nil && err != nil:
							t.Errorf("%s, %s: %v", p.what, opts.Now, err)
						case left == nil:
							accepted++
							if !res.NotAfter.Equal(good.until) {
								t.Errorf("%s, %s: NotAfter %s", p.what, opts.Now, res.NotAfter)
							}
						case !errors.As(err, &refused) || refused.Check != left.check:
							t.Errorf("%s, %s: expected %s to refuse because of %s, got %v", p.what, opts.Now, left.check, left.what, err)
						case refused.From.IsZero() || refused.Until.IsZero() || (period{from: refused.From, until: refused.Until}).holds(opts.Now):
							t.Errorf("%s, %s: refused, though good from %s to %s", p.what, opts.Now, refused.From, refused.Until)
						}
					}
				}
			}
			// The first and last second of the whole, and the ones next to them inside.
			if accepted < 4 {
				t.Errorf("%d instants were accepted, expected 4 at least", accepted)
			}
			// After the end, the refusal says until when it was good.
			opts := s.opts
			opts.Now = good.until.Add(time.Second)
			_, err := dcap.Verify(s.quote, opts)
			var refused *dcap.CheckError
			if !errors.As(err, &refused) || !refused.Until.Equal(good.until) {
				t.Errorf("expected a refusal of what was good until %s, got %v", good.until, err)
			}
			from, until, err := dcap.CollateralWindow(s.opts.Collateral, s.verify(t).Quote.TEE())
			if err != nil || from.After(good.from) && from != good.from || until.Before(good.until) {
				t.Errorf("the collateral's window is %s to %s (%v), everything's %s to %s", from, until, err, good.from, good.until)
			}
		})
	}
}

// allSamples are the real sets, skipped where they are absent, and simulated ones.
func allSamples() map[string]func(t *testing.T) sample {
	samples := map[string]func(t *testing.T) sample{
		"simulated-sgx": func(t *testing.T) sample { return simulatedSample(t, dcap.TEESGX) },
		"simulated-tdx": func(t *testing.T) sample { return simulatedSample(t, dcap.TEETDX) },
	}
	for _, set := range []string{"sgx3-processor-a067", "sgx3-processor-a067-DEBUG", "sgx3-platform-606a-a", "tdx4-b0c0"} {
		samples[set] = func(t *testing.T) sample { return realSample(t, set) }
	}
	return samples
}
