package dcap_test

import (
	"crypto/rand"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"testing"
	"time"

	"github.com/phallama/phallama/attest/dcap"
)

// period is when something is good, and the check that holds it against the clock.
type period struct {
	what        string
	check       dcap.Check
	from, until time.Time
}

func (p period) holds(at time.Time) bool { return !at.Before(p.from) && !at.After(p.until) }

// periods are those of everything that a verification uses, in the order in which
// they are held against the clock, read from the set without package dcap.
func periods(t *testing.T, s sample) []period {
	t.Helper()
	res, c := s.verify(t), s.opts.Collateral
	var list []period
	for _, chain := range [][]byte{res.Quote.CertChainPEM, c.PCKCRLIssuerChain, c.TCBInfoIssuerChain, c.QEIdentityIssuerChain} {
		for _, cert := range certificates(t, chain) {
			list = append(list, period{cert.Subject.CommonName, dcap.CheckValidity, cert.NotBefore, cert.NotAfter})
		}
	}
	if len(list) != 3+2+2+2 {
		t.Fatalf("%d certificates", len(list))
	}
	for _, der := range [][]byte{c.RootCRL, c.PCKCRL} {
		crl, err := x509.ParseRevocationList(der)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, period{"CRL of " + crl.Issuer.CommonName, dcap.CheckCRLValidity, crl.ThisUpdate, crl.NextUpdate})
	}
	for _, document := range []struct {
		what  string
		check dcap.Check
		json  []byte
	}{{"TCB info", dcap.CheckTCBInfoValidity, c.TCBInfo}, {"QE identity", dcap.CheckQEIdentityValidity, c.QEIdentity}} {
		var dates struct{ IssueDate, NextUpdate time.Time }
		if err := json.Unmarshal(document.json, &dates); err != nil {
			t.Fatal(err)
		}
		list = append(list, period{document.what, document.check, dates.IssueDate, dates.NextUpdate})
	}
	return list
}

// checkWindows verifies the set at each bound of each period, and one second
// outside. What is wrong first, in the order of the checks, has to refuse.
func checkWindows(t *testing.T, s sample) {
	list := periods(t, s)
	from, until := list[0].from, list[0].until
	for _, p := range list {
		if p.from.After(from) {
			from = p.from
		}
		if p.until.Before(until) {
			until = p.until
		}
	}
	accepted := 0
	for _, p := range list {
		for _, at := range []time.Time{p.from.Add(-time.Second), p.from, p.until, p.until.Add(time.Second)} {
			var wrong []period
			for _, other := range list {
				if !other.holds(at) && (len(wrong) == 0 || other.check == wrong[0].check) {
					wrong = append(wrong, other)
				}
			}
			res, err := s.at(at).try()
			if len(wrong) == 0 {
				if err != nil {
					t.Fatalf("%s, at %v: %v", p.what, at, err)
				}
				if !res.NotAfter.Equal(until) {
					t.Errorf("good until %v, expected %v", res.NotAfter, until)
				}
				accepted++
				continue
			}
			if err == nil {
				t.Fatalf("%s is good from %v to %v: accepted at %v", wrong[0].what, wrong[0].from, wrong[0].until, at)
			}
			refused := wantCheck(t, err, wrong[0].check.Name)
			found := false
			for _, w := range wrong {
				found = found || refused.From.Equal(w.from) && refused.Until.Equal(w.until)
			}
			if !found {
				t.Errorf("%s, at %v: the refusal says from %v to %v, expected the period of one of %+v", p.what, at, refused.From, refused.Until, wrong)
			}
		}
	}
	// The latest beginning and the earliest end are bounds at which all is good.
	if accepted < 2 {
		t.Errorf("accepted at %d bounds, expected those at %v and %v", accepted, from, until)
	}
}

func TestWindows(t *testing.T) {
	p := newPlatform(t)
	for _, shape := range quoteShapes {
		t.Run(shape.String(), func(t *testing.T) { checkWindows(t, sampleOf(t, p, shape)) })
	}
	for _, name := range realSets {
		t.Run(name, func(t *testing.T) { checkWindows(t, realSample(t, name)) })
	}
}

// TestWindowOfTheListsIssuer: the CA's certificate that comes with its revocation
// list may be another than the quote's, and has to be valid as well.
func TestWindowOfTheListsIssuer(t *testing.T) {
	p := newPlatform(t)
	s := sampleOf(t, p, quoteShape{dcap.TEESGX, 3})
	if s.verify(t).NotAfter.Equal(now.Add(time.Hour)) {
		t.Fatal("it ends in an hour already")
	}
	ca := certificates(t, s.opts.Collateral.PCKCRLIssuerChain)[0]
	template := *ca
	template.SignatureAlgorithm, template.NotAfter = 0, now.Add(time.Hour)
	der, err := x509.CreateCertificate(rand.Reader, &template, s.opts.Root, ca.PublicKey, keptKey(t, p, "Root CA"))
	if err != nil {
		t.Fatal(err)
	}
	s = s.with(func(c *dcap.Collateral) {
		chain := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
		c.PCKCRLIssuerChain = append(chain, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.opts.Root.Raw})...)
	})
	if res := s.verify(t); !res.NotAfter.Equal(now.Add(time.Hour)) {
		t.Errorf("good until %v, expected in an hour", res.NotAfter)
	}
	refused := wantCheck(t, s.at(now.Add(time.Hour+time.Second)).err(), dcap.CheckValidity.Name)
	if !refused.Until.Equal(now.Add(time.Hour)) {
		t.Errorf("good until %v, expected in an hour", refused.Until)
	}
}
