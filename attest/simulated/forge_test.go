package simulated

import (
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"testing"
	"time"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/attest/dcap"
)

// The negative matrix lives inside the package: a test
// takes the parts from which the platform makes a quote and its collateral,
// changes one, and has them signed by the right keys, so that what is refused is
// refused for that change alone. The package itself has no switch that makes a bad
// quote, and so the devnet cannot throw one.

var forgeTime = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// forge is a quote and its collateral in the making.
type forge struct {
	t    testing.TB
	p    *Platform
	d    *draft
	s    *statement
	root *x509.Certificate // under which they are verified
	now  time.Time

	raw []byte
	c   *dcap.Collateral
}

// change is one stage of a case. Nil changes nothing.
type change func(*forge)

// outcome judges the result of a case that is accepted.
type outcome func(t *testing.T, f *forge, res *dcap.Result)

// matrixCase is a subtest of the matrix.
type matrixCase struct {
	name  string
	check string // which check refuses it; empty if none does
	base  func(*forge)
	cfg   Config
	// The stages at which something is changed: the platform's keys and
	// certificates; quote and collateral before they are signed; after that.
	platform, draft, after change
	want                   outcome
}

var forgeEnclave = Enclave{MRENCLAVE: attest.Digest{1, 2, 3}, MRSIGNER: attest.Digest{4, 5, 6}, ISVProdID: 7, ISVSVN: 8}

var forgeReportData = [64]byte{0: 0xaa, 31: 0xbb, 63: 0xcc}

// The quotes that cases start from.
func sgx(version uint16) func(*forge) {
	return func(f *forge) {
		e := forgeEnclave
		e.QuoteVersion = version
		f.draftOf(dcap.TEESGX, func() (*draft, error) { return f.p.draftSGX(e, forgeReportData) })
	}
}

func tdx(g Guest) func(*forge) {
	return func(f *forge) {
		g.MRTD, g.RTMR[0] = [48]byte{1, 2}, [48]byte{3, 4}
		f.draftOf(dcap.TEETDX, func() (*draft, error) { return f.p.draftTDX(g, forgeReportData) })
	}
}

func (f *forge) draftOf(tee dcap.TEE, quote func() (*draft, error)) {
	var err error
	if f.d, err = quote(); err != nil {
		f.t.Fatal(err)
	}
	if f.s, err = f.p.statement(tee, f.p.CA()); err != nil {
		f.t.Fatal(err)
	}
}

// build runs the stages of a case.
func (c *matrixCase) build(t testing.TB) *forge {
	t.Helper()
	cfg := c.cfg
	cfg.Now = func() time.Time { return forgeTime }
	if cfg.Status == "" {
		cfg.Status = dcap.TCBUpToDate
	}
	p, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	f := &forge{t: t, p: p, root: p.root.cert, now: forgeTime}
	run := func(stage change) {
		if stage != nil {
			stage(f)
		}
	}
	run(c.platform)
	base := c.base
	if base == nil {
		base = sgx(3)
	}
	base(f)
	run(c.draft)
	f.sign()
	run(c.after)
	return f
}

func (f *forge) sign() {
	quote, err := f.d.sign()
	if err != nil {
		f.t.Fatal(err)
	}
	f.raw = quote.bytes()
	if f.c, err = f.s.sign(); err != nil {
		f.t.Fatal(err)
	}
}

func (f *forge) verify() (*dcap.Result, error) {
	return dcap.Verify(f.raw, dcap.Options{Root: f.root, Now: f.now, Collateral: f.c})
}

// runMatrix verifies each case and holds the outcome against what it expects.
func runMatrix(t *testing.T, cases []matrixCase) {
	seen := make(map[string]bool)
	for _, c := range cases {
		if seen[c.name] {
			t.Errorf("two cases are called %s", c.name)
		}
		seen[c.name] = true
		t.Run(c.name, func(t *testing.T) {
			f := c.build(t)
			res, err := f.verify()
			if c.check == "" {
				if err != nil {
					t.Fatal(err)
				}
				if c.want != nil {
					c.want(t, f, res)
				}
				return
			}
			var refused *dcap.CheckError
			if !errors.As(err, &refused) {
				t.Fatalf("expected check %s to refuse it, got %v", c.check, err)
			}
			if refused.Check != c.check {
				t.Errorf("expected check %s to refuse it, got %v", c.check, err)
			}
			if refused.Want == "" || refused.Got == "" || refused.Hint == "" {
				t.Errorf("the refusal does not say everything: %+v", refused)
			}
		})
	}
}

// reissue makes a certificate anew, changed, for the same subject and the key that
// c has now.
func (f *forge) reissue(c, issuer *certified, change func(*x509.Certificate)) {
	f.t.Helper()
	template := *c.cert
	template.SignatureAlgorithm = 0
	template.AuthorityKeyId = nil
	template.PublicKey = nil
	for _, e := range c.cert.Extensions {
		if e.Id.Equal(oidSGX) {
			template.ExtraExtensions = append(template.ExtraExtensions, e)
		}
	}
	if change != nil {
		change(&template)
	}
	if issuer == c {
		issuer = nil
	}
	made, err := sign(&template, c.key, issuer)
	if err != nil {
		f.t.Fatal(err)
	}
	*c = made
}

// renamed gives a certificate another common name.
func renamed(name string) func(*x509.Certificate) {
	return func(t *x509.Certificate) {
		t.RawSubject = nil
		t.Subject = pkix.Name{CommonName: name}
	}
}

// resign signs the documents again as they are in the collateral now.
func (f *forge) resign() {
	var err error
	if f.c.TCBInfoSignature, err = signRaw(f.p.tcbSigner.key, f.c.TCBInfo); err != nil {
		f.t.Fatal(err)
	}
	if f.c.QEIdentitySignature, err = signRaw(f.p.tcbSigner.key, f.c.QEIdentity); err != nil {
		f.t.Fatal(err)
	}
}

// another is a platform under a root of its own, whose names are the same.
func (f *forge) another() *Platform {
	f.t.Helper()
	p, err := New(Config{Now: func() time.Time { return forgeTime }})
	if err != nil {
		f.t.Fatal(err)
	}
	return p
}

func (f *forge) key() *ecdsa.PrivateKey {
	f.t.Helper()
	key, err := ecdsa.GenerateKey(f.p.root.key.Curve, rand.Reader)
	if err != nil {
		f.t.Fatal(err)
	}
	return key
}
