package network

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"errors"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func devnet(t testing.TB) Profile {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Simulated Root"}, NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	return Profile{
		Name:       "devnet",
		ChainID:    1337008,
		RPC:        []string{"http://127.0.0.1:8545", "ws://127.0.0.1:8546"},
		Token:      "0x" + strings.Repeat("aA", 20),
		Escrow:     "0x" + strings.Repeat("b1", 20),
		Registry:   "0x" + strings.Repeat("c2", 20),
		Collateral: []string{CollateralIntel, "https://pccs.example:8081"},
		Policy:     json.RawMessage(`{"minTier": "T0-simulated","measurements": []}`),
		Simulated:  der,
	}
}

func TestShipped(t *testing.T) {
	for _, name := range Names() {
		p, err := Shipped(name)
		if err != nil {
			t.Fatal(err)
		}
		if p.Name != name {
			t.Errorf("profiles/%s.json is named %q", name, p.Name)
		}
		if p.IsSimulated() {
			t.Errorf("%s: a shipped profile accepts simulated evidence", name)
		}
	}
	phala, err := Shipped("phala")
	if err != nil {
		t.Fatal(err)
	}
	if phala.ChainID != 2035 || phala.Token != "0xd63dD43678124DEb6bF38b0d7f8cf0674e85c46E" {
		t.Errorf("phala: %+v", phala)
	}
	if err := phala.Deployed(); !errors.Is(err, ErrNotDeployed) {
		t.Errorf("phala is deployed? %v", err)
	}
	if _, err := Shipped("fala"); err == nil || !strings.Contains(err.Error(), "phala") {
		t.Errorf("unknown name: %v", err)
	}
	if _, err := Shipped("../network"); err == nil {
		t.Error("a path was taken for a name")
	}
}

func TestSaveLoad(t *testing.T) {
	want := devnet(t)
	if err := want.Deployed(); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	path := filepath.Join(dir, "network.json")
	for range 2 { // the second replaces the first
		if err := want.Save(path); err != nil {
			t.Fatal(err)
		}
	}
	got, err := Load(path)
	if err != nil {
		t.Fatal(err)
	}
	var compact bytes.Buffer
	if err := json.Compact(&compact, got.Policy); err != nil {
		t.Fatal(err)
	}
	got.Policy, want.Policy = compact.Bytes(), []byte(`{"minTier":"T0-simulated","measurements":[]}`)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatal(diff)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("mode %v, %v", info.Mode(), err)
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 1 {
		t.Fatalf("left behind: %v", entries)
	}
	if _, err := Load(filepath.Join(dir, "missing.json")); !errors.Is(err, os.ErrNotExist) {
		t.Fatalf("missing file: %v", err)
	}
	if err := (Profile{}).Save(filepath.Join(dir, "bad.json")); err == nil {
		t.Fatal("an invalid profile was saved")
	}
}

func TestRefused(t *testing.T) {
	for _, test := range []struct {
		name, want string
		edit       func(*Profile)
	}{
		{"name", "name:", func(p *Profile) { p.Name = "Dev Net" }},
		{"chain id", "chainId:", func(p *Profile) { p.ChainID = 0 }},
		{"no rpc", "rpc:", func(p *Profile) { p.RPC = nil }},
		{"many rpc", "rpc:", func(p *Profile) { p.RPC = make([]string, MaxRPC+1) }},
		{"relative rpc", "rpc[0]", func(p *Profile) { p.RPC = []string{"localhost:8545"} }},
		{"scheme", `"ftp"`, func(p *Profile) { p.RPC = []string{"ftp://host/"} }},
		{"short address", "token:", func(p *Profile) { p.Token = "0x12" }},
		{"address without 0x", "escrow:", func(p *Profile) { p.Escrow = strings.Repeat("ab", 20) }},
		{"escrow alone", "escrow and registry", func(p *Profile) { p.Registry = "" }},
		{"policy", "policy:", func(p *Profile) { p.Policy = json.RawMessage("[]") }},
		{"simulated elsewhere", "chain 2035", func(p *Profile) { p.ChainID = 2035 }},
		{"simulated mainnet", "chain 1 ", func(p *Profile) { p.ChainID = 1 }},
		{"places of collateral", "collateral: ", func(p *Profile) { p.Collateral = make([]string, MaxPCCS+1) }},
		{"place of collateral", "collateral[1]", func(p *Profile) { p.Collateral = []string{CollateralIntel, "pccs.example"} }},
		{"certificate", "DER", func(p *Profile) { p.Simulated = []byte("x") }},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := devnet(t)
			test.edit(&p)
			if err := p.Validate(); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Fatalf("want an error about %q, got %v", test.want, err)
			}
		})
	}
	for _, test := range []struct{ name, file, want string }{
		{"empty", "", "JSON"},
		{"unknown field", `{"name":"x","chainId":1,"rpc":["http://x"],"token":"","escrow":"","registry":"","registri":""}`, "registri"},
		{"two objects", `{"name":"x","chainId":1,"rpc":["http://x"],"token":"","escrow":"","registry":""} {}`, "after"},
		{"too long", strings.Repeat(" ", MaxFileSize+1), "at most"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if _, err := Parse([]byte(test.file)); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Fatalf("want an error about %q, got %v", test.want, err)
			}
		})
	}
	p := devnet(t)
	p.RPC = []string{"http://user:hunter2@/v3/s3cret"}
	if err := p.Validate(); err == nil || strings.Contains(err.Error(), "s3cret") || strings.Contains(err.Error(), "hunter2") {
		t.Fatalf("error quotes the URL: %v", err)
	}
}

func FuzzParse(f *testing.F) {
	for _, name := range Names() {
		data, err := shipped.ReadFile("profiles/" + name + ".json")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	data, err := json.Marshal(devnet(f))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := Parse(data)
		if err != nil {
			return
		}
		if p.IsSimulated() && !IsDev(p.ChainID) {
			t.Fatal("simulated evidence is accepted on a chain with value")
		}
		again, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Parse(again); err != nil {
			t.Fatalf("a parsed profile does not parse: %v", err)
		}
	})
}
