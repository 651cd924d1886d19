package simulated

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/attest/dcap"
)

// The files of the vectors: what the contracts' tests read, and the collateral for
// verifiers that need it. UPDATE=1 writes both anew, with new keys.
const (
	vectorFile           = "../../testdata/vectors/sgx-quote.json"
	vectorCollateralFile = "../../testdata/vectors/sgx-collateral.json"
)

// vectorTime is when the platforms of the file were made, and when its quotes
// verify.
var vectorTime = time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)

const vectorNote = "SIMULATED SGX material for tests, made by attest/simulated. The private keys in it are test keys of " +
	"SIMULATED machines and worth nothing; no real machine, key or certificate is in it. Quotes are without their " +
	"certificates: bytes [0, 1014 + QE auth data) of a quote of version 3."

type (
	hexBytes []byte

	vectors struct {
		Note      string                        `json:"note"`
		At        int64                         `json:"at"` // Unix seconds at which everything is valid
		Root      hexBytes                      `json:"rootCertificate"`
		CAs       map[dcap.PCKCA]vectorKey      `json:"cas"`
		Platforms map[dcap.PCKCA]vectorPlatform `json:"platforms"`
		// Enclave is what all quotes say but for what their name says.
		Enclave vectorEnclave `json:"enclave"`
		Regions vectorRegions `json:"regions"`
		// Quotes are of the platform under the Platform CA, but for "processor".
		Quotes     map[string]vectorQuote `json:"quotes"`
		QuoteNames []string               `json:"quoteNames"`
	}
	vectorKey struct {
		Certificate hexBytes `json:"certificate"` // DER
		X           hexBytes `json:"x"`
		Y           hexBytes `json:"y"`
	}
	vectorPlatform struct {
		Certificate    hexBytes `json:"pckCertificate"` // DER
		X              hexBytes `json:"pckX"`
		Y              hexBytes `json:"pckY"`
		FMSPC          hexBytes `json:"fmspc"`
		PPIDHash       hexBytes `json:"ppidHash"` // SHA-256 of the PPID
		ComponentSVNs  hexBytes `json:"componentSvns"`
		PCESVN         uint16   `json:"pceSvn"`
		NotAfter       int64    `json:"notAfter"` // Unix seconds
		PCKKey         hexBytes `json:"pckPrivateKey"`
		AttestationKey hexBytes `json:"attestationPrivateKey"`
	}
	vectorEnclave struct {
		MRENCLAVE  hexBytes `json:"mrenclave"`
		MRSIGNER   hexBytes `json:"mrsigner"`
		ISVProdID  uint16   `json:"isvProdId"`
		ISVSVN     uint16   `json:"isvSvn"`
		Flags      uint64   `json:"flags"`
		XFRM       uint64   `json:"xfrm"`
		ReportData hexBytes `json:"reportData"`
	}
	// vectorRegions are the parts of quote "good" in which no bit may change, in
	// three lists of one length.
	vectorRegions struct {
		Names   []string `json:"names"`
		Offsets []int    `json:"offsets"`
		Lengths []int    `json:"lengths"`
	}
	vectorQuote struct {
		Quote hexBytes `json:"quote"`
		// Refused is the check that refuses it, or empty. Before a colon is who
		// makes the check: "dcap" any verifier of quotes, "policy" who says which
		// enclaves are wanted, "floor" who says how old a quoting enclave may be.
		Refused string `json:"refused"`
	}
)

func (h hexBytes) MarshalText() ([]byte, error) { return []byte("0x" + hex.EncodeToString(h)), nil }

func (h *hexBytes) UnmarshalText(text []byte) (err error) {
	*h, err = hex.DecodeString(strings.TrimPrefix(string(text), "0x"))
	return err
}

var vectorEnclaveFacts = Enclave{
	MRENCLAVE: sha256.Sum256([]byte("SIMULATED enclave of the test vectors")),
	MRSIGNER:  sha256.Sum256([]byte("SIMULATED signer of the test vectors")),
	ISVProdID: 7,
	ISVSVN:    3,
}

// TestVectors holds the committed file to what it says of itself: each quote is
// put together with its platform's certificates and given to the verifier.
func TestVectors(t *testing.T) {
	if os.Getenv("UPDATE") != "" {
		makeVectors(t)
	}
	var v vectors
	readVectors(t, vectorFile, &v)
	var collateral map[dcap.PCKCA]*dcap.Collateral
	readVectors(t, vectorCollateralFile, &collateral)
	root, err := dcap.ParseRoot(v.Root)
	if err != nil {
		t.Fatal(err)
	}
	// verify puts a quote together with its certificates and verifies it.
	verify := func(quote []byte, ca dcap.PCKCA) (*dcap.Result, error) {
		chain := encodeDER(v.Platforms[ca].Certificate, v.CAs[ca].Certificate, v.Root)
		return dcap.Verify(join(quote, chain), dcap.Options{Root: root, Now: time.Unix(v.At, 0), Collateral: collateral[ca]})
	}
	for ca, p := range v.Platforms {
		t.Run("platform/"+string(ca), func(t *testing.T) { checkVectorPlatform(t, v.CAs[ca], p) })
	}
	if len(v.QuoteNames) != len(v.Quotes) {
		t.Errorf("%d names for %d quotes", len(v.QuoteNames), len(v.Quotes))
	}
	want := make(map[string]string)
	for _, c := range vectorCases {
		want[c.name] = c.refused
	}
	for _, name := range v.QuoteNames {
		t.Run(name, func(t *testing.T) {
			q, ok := v.Quotes[name]
			expected, known := want[name]
			if !ok || !known || q.Refused != expected {
				t.Fatalf("the file has %t, refused by %q; the test expects %t, refused by %q: write it anew", ok, q.Refused, known, expected)
			}
			ca := dcap.PCKCAPlatform
			if name == "processor" {
				ca = dcap.PCKCAProcessor
			}
			res, err := verify(q.Quote, ca)
			checkVectorQuote(t, res, err, v.Enclave, q.Refused)
		})
	}
	for i, name := range v.Regions.Names {
		t.Run("region/"+name, func(t *testing.T) {
			for _, at := range []int{v.Regions.Offsets[i], v.Regions.Offsets[i] + v.Regions.Lengths[i] - 1} {
				bad := bytes.Clone(v.Quotes["good"].Quote)
				bad[at] ^= 1
				_, err := verify(bad, dcap.PCKCAPlatform)
				if refused := new(dcap.CheckError); !errors.As(err, &refused) {
					t.Errorf("byte %d may change: %v", at, err)
				}
			}
		})
	}
}

func readVectors(t *testing.T, file string, into any) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(into); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
}

func writeVectors(t *testing.T, file string, v any) {
	t.Helper()
	data, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, append(data, '\n'), 0o644); err != nil {
		t.Fatal(err)
	}
}

func checkVectorPlatform(t *testing.T, ca vectorKey, p vectorPlatform) {
	cert, err := x509.ParseCertificate(p.Certificate)
	if err != nil {
		t.Fatal(err)
	}
	pck, err := dcap.ParsePCK(cert)
	if err != nil {
		t.Fatal(err)
	}
	issuer, err := x509.ParseCertificate(ca.Certificate)
	if err != nil {
		t.Fatal(err)
	}
	if err := cert.CheckSignatureFrom(issuer); err != nil {
		t.Error(err)
	}
	machine := sha256.Sum256(pck.PPID[:])
	if !bytes.Equal(machine[:], p.PPIDHash) || !bytes.Equal(pck.FMSPC[:], p.FMSPC) || !bytes.Equal(pck.ComponentSVNs[:], p.ComponentSVNs) ||
		pck.PCESVN != p.PCESVN || cert.NotAfter.Unix() != p.NotAfter {
		t.Errorf("the certificate says %+v until %d, the file %+v", pck, cert.NotAfter.Unix(), p)
	}
	for what, pair := range map[string][2][]byte{
		"issuer": {append(bytes.Clone(ca.X), ca.Y...), publicBytes(t, issuer.PublicKey.(*ecdsa.PublicKey))},
		"PCK":    {append(bytes.Clone(p.X), p.Y...), publicBytes(t, cert.PublicKey.(*ecdsa.PublicKey))},
	} {
		if !bytes.Equal(pair[0], pair[1]) {
			t.Errorf("%s key: the file says %x, the certificate %x", what, pair[0], pair[1])
		}
	}
	key, err := ecdsa.ParseRawPrivateKey(elliptic.P256(), p.PCKKey)
	if err != nil || !key.PublicKey.Equal(cert.PublicKey) {
		t.Errorf("the PCK's private key is not the certificate's: %v", err)
	}
	if _, err := ecdsa.ParseRawPrivateKey(elliptic.P256(), p.AttestationKey); err != nil {
		t.Error(err)
	}
}

// checkVectorQuote judges a verified quote as a policy for the enclave of the file
// would.
func checkVectorQuote(t *testing.T, res *dcap.Result, err error, e vectorEnclave, refused string) {
	t.Helper()
	who, check, _ := strings.Cut(refused, ":")
	if who == "dcap" {
		var failed *dcap.CheckError
		if !errors.As(err, &failed) || failed.Check != check {
			t.Fatalf("expected check %s to refuse it, got %v", check, err)
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	got := ""
	switch r := &res.Quote.Report; {
	case r.Debug():
		got = "policy:" + attest.CheckDebug.Name
	case r.Flags != e.Flags:
		got = "policy:" + attest.CheckAttributes.Name
	case !bytes.Equal(r.MRENCLAVE[:], e.MRENCLAVE):
		got = "policy:" + attest.CheckMeasurement.Name
	case res.Quote.QEReport.ISVSVN < quotingEnclaves[dcap.TEESGX].isvSVN:
		got = "floor:qe-svn"
	case !bytes.Equal(r.ReportData[:], e.ReportData) || !bytes.Equal(r.MRSIGNER[:], e.MRSIGNER) ||
		r.ISVProdID != e.ISVProdID || r.ISVSVN != e.ISVSVN || r.XFRM != e.XFRM:
		t.Errorf("the quote says %+v, the file %+v", r, e)
	}
	if got != refused {
		t.Errorf("refused by %q, the file says %q", got, refused)
	}
}

// makeVectors makes two platforms and everything in the files.
func makeVectors(t *testing.T) {
	cfg := Config{Now: func() time.Time { return vectorTime }}
	server, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	cfg.CA = dcap.PCKCAProcessor
	client, err := server.NewMachine(cfg)
	if err != nil {
		t.Fatal(err)
	}
	platforms := map[dcap.PCKCA]*Platform{dcap.PCKCAPlatform: server, dcap.PCKCAProcessor: client}
	v := vectors{
		Note: vectorNote,
		At:   vectorTime.Unix(),
		Root: server.RootDER(),
		CAs: map[dcap.PCKCA]vectorKey{
			dcap.PCKCAPlatform:  describeCA(t, server.platformCA),
			dcap.PCKCAProcessor: describeCA(t, server.processorCA),
		},
		Platforms: make(map[dcap.PCKCA]vectorPlatform),
		Quotes:    make(map[string]vectorQuote),
		Regions:   regions(),
	}
	collateral := make(map[dcap.PCKCA]*dcap.Collateral)
	for ca, p := range platforms {
		v.Platforms[ca] = describe(t, p)
		if collateral[ca], err = p.Collateral(dcap.TEESGX); err != nil {
			t.Fatal(err)
		}
	}
	var reportData [64]byte
	for i := range reportData {
		reportData[i] = byte(0xc0 + i%16)
	}
	good, err := server.draftSGX(vectorEnclaveFacts, reportData)
	if err != nil {
		t.Fatal(err)
	}
	v.Enclave = vectorEnclave{
		MRENCLAVE: vectorEnclaveFacts.MRENCLAVE[:], MRSIGNER: vectorEnclaveFacts.MRSIGNER[:],
		ISVProdID: vectorEnclaveFacts.ISVProdID, ISVSVN: vectorEnclaveFacts.ISVSVN,
		Flags: binary.LittleEndian.Uint64(good.body[48:]), XFRM: binary.LittleEndian.Uint64(good.body[56:]),
		ReportData: reportData[:],
	}
	for _, c := range vectorCases {
		p := server
		if c.name == "processor" {
			p = client
		}
		d, err := p.draftSGX(vectorEnclaveFacts, reportData)
		if err != nil {
			t.Fatal(err)
		}
		v.QuoteNames = append(v.QuoteNames, c.name)
		v.Quotes[c.name] = vectorQuote{Quote: withoutCertificates(c.make(t, d)), Refused: c.refused}
	}
	writeVectors(t, vectorFile, v)
	writeVectors(t, vectorCollateralFile, collateral)
}

func describeCA(t *testing.T, ca certified) vectorKey {
	public := publicBytes(t, &ca.key.PublicKey)
	return vectorKey{Certificate: ca.cert.Raw, X: public[:32], Y: public[32:]}
}

func describe(t *testing.T, p *Platform) vectorPlatform {
	public, machine := publicBytes(t, &p.pck.key.PublicKey), sha256.Sum256(p.facts.PPID[:])
	return vectorPlatform{
		Certificate: p.pck.cert.Raw, X: public[:32], Y: public[32:],
		FMSPC: p.facts.FMSPC[:], PPIDHash: machine[:], ComponentSVNs: p.facts.ComponentSVNs[:], PCESVN: p.facts.PCESVN,
		NotAfter: p.pck.cert.NotAfter.Unix(),
		PCKKey:   privateBytes(t, p.pck.key), AttestationKey: privateBytes(t, p.attestationKey),
	}
}

// publicBytes is x||y.
func publicBytes(t *testing.T, key *ecdsa.PublicKey) []byte {
	t.Helper()
	b, err := key.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return b[1:]
}

func privateBytes(t *testing.T, key *ecdsa.PrivateKey) []byte {
	t.Helper()
	b, err := key.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func encodeDER(chain ...hexBytes) []byte {
	var out []byte
	for _, der := range chain {
		out = append(out, pem.EncodeToMemory(&pem.Block{Type: pemCertificate, Bytes: der})...)
	}
	return out
}

// withoutCertificates cuts a quote of version 3 after the QE's authentication
// data. The length before it stays as it was: it is not signed.
func withoutCertificates(quote []byte) []byte {
	n := int(binary.LittleEndian.Uint16(quote[1012:]))
	return quote[:1014+n]
}

// join puts a quote and its certificates together again.
func join(core, chain []byte) []byte {
	full := binary.LittleEndian.AppendUint16(bytes.Clone(core), certTypeChain)
	full = binary.LittleEndian.AppendUint32(full, uint32(len(chain)))
	full = append(full, chain...)
	binary.LittleEndian.PutUint32(full[432:], uint32(len(full)-436))
	return full
}

func regions() (r vectorRegions) {
	for _, part := range []struct {
		name           string
		offset, length int
	}{
		{"version", 0, 2},
		{"attestation_key_type", 2, 2},
		{"reserved", 4, 4},
		{"qe_svn", 8, 2},
		{"pce_svn", 10, 2},
		{"qe_vendor_id", 12, 16},
		{"user_data", 28, 20},
		{"cpu_svn", 48, 16},
		{"miscselect", 64, 4},
		{"reserved_1", 68, 12},
		{"isv_ext_prod_id", 80, 16},
		{"attribute_flags", 96, 8},
		{"attribute_xfrm", 104, 8},
		{"mrenclave", 112, 32},
		{"reserved_2", 144, 32},
		{"mrsigner", 176, 32},
		{"reserved_3", 208, 32},
		{"config_id", 240, 64},
		{"isv_prod_id", 304, 2},
		{"isv_svn", 306, 2},
		{"config_svn", 308, 2},
		{"reserved_4", 310, 42},
		{"isv_family_id", 352, 16},
		{"report_data", 368, 64},
		{"signature_r", 436, 32},
		{"signature_s", 468, 32},
		{"attestation_key_x", 500, 32},
		{"attestation_key_y", 532, 32},
		{"qe_cpu_svn", 564, 16},
		{"qe_miscselect", 580, 4},
		{"qe_reserved_1", 584, 28},
		{"qe_attributes", 612, 16},
		{"qe_mrenclave", 628, 32},
		{"qe_reserved_2", 660, 32},
		{"qe_mrsigner", 692, 32},
		{"qe_reserved_3", 724, 96},
		{"qe_isv_prod_id", 820, 2},
		{"qe_isv_svn", 822, 2},
		{"qe_reserved_4", 824, 60},
		{"qe_report_data", 884, 64},
		{"qe_signature_r", 948, 32},
		{"qe_signature_s", 980, 32},
		{"qe_auth_size", 1012, 2},
		{"qe_auth_data", 1014, 32},
	} {
		r.Names = append(r.Names, part.name)
		r.Offsets = append(r.Offsets, part.offset)
		r.Lengths = append(r.Lengths, part.length)
	}
	return r
}

func newKey(t *testing.T) *ecdsa.PrivateKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}
