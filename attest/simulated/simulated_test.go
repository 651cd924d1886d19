package simulated_test

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/attest/dcap"
	"github.com/phallama/phallama/attest/simulated"
)

var (
	now     = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	config  = simulated.Config{Now: func() time.Time { return now }}
	enclave = simulated.Enclave{MRENCLAVE: attest.Digest{1}, MRSIGNER: attest.Digest{2}, ISVProdID: 3, ISVSVN: 4}
)

func newPlatform(t *testing.T) *simulated.Platform {
	t.Helper()
	p, err := simulated.New(config)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// verify verifies a quote of p's under the given root.
func verify(t *testing.T, p *simulated.Platform, rootDER []byte) (*dcap.Result, error) {
	t.Helper()
	ev, err := p.Source(enclave).Quote(t.Context(), [64]byte{5})
	if err != nil {
		t.Fatal(err)
	}
	root, err := dcap.ParseRoot(rootDER)
	if err != nil {
		t.Fatal(err)
	}
	collateral, err := p.Collateral(dcap.TEESGX)
	if err != nil {
		t.Fatal(err)
	}
	return dcap.Verify(ev.Quote, dcap.Options{Root: root, Now: now, Collateral: collateral})
}

// TestShape holds a simulated platform against what real ones have.
func TestShape(t *testing.T) {
	p := newPlatform(t)
	res, err := verify(t, p, p.RootDER())
	if err != nil {
		t.Fatal(err)
	}
	for _, cert := range []struct {
		name, cn string
	}{
		{res.Chain.Root.Subject.String(), res.Chain.Root.Subject.CommonName},
		{res.Chain.CA.Subject.String(), res.Chain.CA.Subject.CommonName},
		{res.Chain.PCK.Subject.String(), res.Chain.PCK.Subject.CommonName},
	} {
		if !strings.HasPrefix(cert.cn, attest.SimulatedName) {
			t.Errorf("%s does not say that it is simulated", cert.name)
		}
	}
	if n := len(res.Chain.PCK.Extensions); n != 6 {
		t.Errorf("the PCK certificate has %d extensions, real ones have 6", n)
	}
	if res.PCK.PlatformInstanceID == nil || res.PCK.Configuration == nil || res.PCK.PPID == [16]byte{} || res.CA != dcap.PCKCAPlatform {
		t.Errorf("the SGX extension is not whole: %+v", res.PCK)
	}
	if res.Quote.QEReport.Debug() || !bytes.HasSuffix(res.Quote.CertChainPEM, []byte("-----END CERTIFICATE-----\n\x00")) {
		t.Error("the quote is not as Intel's quoting enclave makes it")
	}
	other := newPlatform(t)
	if bytes.Equal(other.RootDER(), p.RootDER()) {
		t.Error("two platforms have the same root")
	}
	second, err := verify(t, other, other.RootDER())
	if err != nil {
		t.Fatal(err)
	}
	if second.PCK.PPID == res.PCK.PPID {
		t.Error("two machines have the same PPID")
	}
}

func TestLoadOrNew(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "made", "on", "demand")
	first, err := simulated.LoadOrNew(dir, config)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, simulated.FileName)
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode() != 0o600 {
		t.Errorf("mode %v, expected 0600", info.Mode())
	}
	if list, _ := os.ReadDir(dir); len(list) != 1 {
		t.Errorf("%d files left in the folder, expected 1", len(list))
	}
	second, err := simulated.LoadOrNew(dir, config)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first.RootDER(), second.RootDER()) {
		t.Fatal("another root after loading")
	}
	before, err := verify(t, first, first.RootDER())
	if err != nil {
		t.Fatal(err)
	}
	after, err := verify(t, second, first.RootDER())
	if err != nil {
		t.Fatal(err)
	}
	if before.Quote.AttestationKey != after.Quote.AttestationKey || before.PCK.PPID != after.PCK.PPID ||
		before.Quote.Report.CPUSVN != after.Quote.Report.CPUSVN {
		t.Error("it is not the same machine after loading")
	}
	platformCA, processorCA := first.CAKeys()
	samePlatformCA, sameProcessorCA := second.CAKeys()
	if !platformCA.Equal(samePlatformCA) || !processorCA.Equal(sameProcessorCA) || platformCA.Equal(processorCA) {
		t.Error("the CAs have other keys after loading")
	}
	if !before.Chain.CA.PublicKey.(*ecdsa.PublicKey).Equal(platformCA) {
		t.Error("CAKeys has not the key that certified the platform")
	}
}

func TestLoadRefuses(t *testing.T) {
	if _, err := simulated.Load(t.TempDir(), config); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("empty folder: %v", err)
	}
	dir := t.TempDir()
	if err := newPlatform(t).Save(dir); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, simulated.FileName)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	other := t.TempDir()
	if err := newPlatform(t).Save(other); err != nil {
		t.Fatal(err)
	}
	otherData, err := os.ReadFile(filepath.Join(other, simulated.FileName))
	if err != nil {
		t.Fatal(err)
	}
	blocks := bytes.SplitAfter(data, []byte("-----END PRIVATE KEY-----\n")) // root, Platform CA, Processor CA, TCB signer, PCK, attestation key
	old := bytes.Join([][]byte{blocks[0], blocks[1], blocks[4], blocks[5]}, nil)
	mixed := append(bytes.Clone(data[:bytes.Index(data, []byte("-----BEGIN PRIVATE"))]),
		otherData[bytes.Index(otherData, []byte("-----BEGIN PRIVATE")):]...)
	for name, content := range map[string][]byte{
		"older version":              old,
		"empty":                      {},
		"garbage":                    []byte("hello"),
		"truncated":                  data[:len(data)/2],
		"no last key":                data[:bytes.LastIndex(data, []byte("-----BEGIN"))],
		"key of another certificate": mixed,
		"something after it":         append(bytes.Clone(data), "hello"...),
		"too large":                  append(bytes.Clone(data), make([]byte, 64<<10)...),
	} {
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := simulated.LoadOrNew(dir, config)
		if err == nil || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), "remove the file") {
			t.Errorf("%s: expected an error that names the file and says to remove it, got %v", name, err)
		}
		if name == "older version" && !strings.Contains(err.Error(), "of an older version") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestServeHTTP(t *testing.T) {
	source := newPlatform(t).Source(enclave)
	full := strings.Repeat("ab", 64)
	for _, tt := range []struct {
		name, method, path, body string
		status                   int
	}{
		{"64 bytes", "POST", "/GetQuote", `{"report_data":"` + full + `"}`, 200},
		{"padded", "POST", "/GetQuote", `{"report_data":"abab"}`, 200},
		{"65 bytes", "POST", "/GetQuote", `{"report_data":"` + full + `ab"}`, 400},
		{"no bytes", "POST", "/GetQuote", `{"report_data":""}`, 400},
		{"not hexadecimal", "POST", "/GetQuote", `{"report_data":"xy"}`, 400},
		{"odd digits", "POST", "/GetQuote", `{"report_data":"abc"}`, 400},
		{"unknown field", "POST", "/GetQuote", `{"reportData":"abab"}`, 400},
		{"no JSON", "POST", "/GetQuote", `hello`, 400},
		{"large", "POST", "/GetQuote", `{"report_data":"` + strings.Repeat("ab", 5000) + `"}`, 400},
		{"GET", "GET", "/GetQuote", ``, 404},
		{"other path", "POST", "/GetKey", `{}`, 404},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := httptest.NewRecorder()
			source.ServeHTTP(w, httptest.NewRequest(tt.method, tt.path, strings.NewReader(tt.body)))
			if w.Code != tt.status {
				t.Fatalf("status %d, expected %d: %s", w.Code, tt.status, w.Body)
			}
			var got map[string]string
			if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
				t.Fatal(err)
			}
			if tt.status != http.StatusOK {
				if got["error"] == "" {
					t.Errorf("no error in %v", got)
				}
				return
			}
			raw, err := hex.DecodeString(got["quote"])
			if err != nil {
				t.Fatal(err)
			}
			quote, err := dcap.ParseQuote(raw)
			if err != nil {
				t.Fatal(err)
			}
			var want [64]byte
			var asked struct {
				ReportData string `json:"report_data"`
			}
			if err := json.Unmarshal([]byte(tt.body), &asked); err != nil {
				t.Fatal(err)
			}
			if _, err := hex.Decode(want[:], []byte(asked.ReportData)); err != nil {
				t.Fatal(err)
			}
			if quote.Report.ReportData != want || quote.Report.MRENCLAVE != enclave.MRENCLAVE {
				t.Errorf("quoted %x over %x", quote.Report.MRENCLAVE, quote.Report.ReportData)
			}
		})
	}
}

func TestListen(t *testing.T) {
	dir, err := os.MkdirTemp("", "listen")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	path := filepath.Join(dir, "s")

	ln, err := simulated.Listen(path)
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("socket of mode %v, %v", info.Mode(), err)
	}
	if _, err := simulated.Listen(path); err == nil || !strings.Contains(err.Error(), "somebody serves it already") {
		t.Errorf("on a served socket: %v", err)
	}
	ln.(*net.UnixListener).SetUnlinkOnClose(false) // as after SIGKILL
	if err := ln.Close(); err != nil {
		t.Fatal(err)
	}
	if ln, err = simulated.Listen(path); err != nil {
		t.Fatalf("on a socket left behind: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := simulated.Serve(ctx, ln, newPlatform(t).Source(enclave)); err != nil {
		t.Errorf("Serve after its context ended: %v", err)
	}
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the socket is left behind: %v", err)
	}

	if err := os.WriteFile(path, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := simulated.Listen(path); err == nil || !strings.Contains(err.Error(), "no socket is in the way") {
		t.Errorf("on a file: %v", err)
	}
	if _, err := simulated.Listen(filepath.Join(dir, strings.Repeat("x", 120))); err == nil {
		t.Error("on a path too long: accepted")
	}
}
