package main

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"net/http/httptest"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/attest/collateral"
	"github.com/phallama/phallama/attest/dcap"
	sim "github.com/phallama/phallama/attest/simulated"
	"github.com/phallama/phallama/network"
)

// simulatedPCS is a command of scripts: it serves a simulated platform's collateral at $PCS and writes a quote of it
// (quote.bin, quote.hex) and one of a DEBUG enclave (debug.bin), policies (policy.json accepts the quote, other.json names
// other code, hardware.json wants hardware), a profile that names the service (profile.json), a set of 60 days ago (stale.json), and a bundle
// that gives a set another name (misnamed.json).
func simulatedPCS(ts *testscript.TestScript, _ bool, _ []string) {
	now := time.Now()
	var back atomic.Int64 // nanoseconds that the platform is behind; its server reads it too
	clock := func() time.Time { return now.Add(-time.Duration(back.Load())) }
	p, err := sim.New(sim.Config{Now: clock})
	ts.Check(err)
	server := httptest.NewServer(p.ServePCS())
	ts.Defer(server.Close)
	ts.Setenv("PCS", server.URL)
	enclave := sim.Enclave{MRENCLAVE: attest.Digest{0xaa}}
	ev, err := p.Source(enclave).Quote(context.Background(), [64]byte{})
	ts.Check(err)
	needs, err := dcap.Needs(ev.Quote)
	ts.Check(err)
	ts.Setenv("ID", needs.String())
	ts.Setenv("FMSPC", hex.EncodeToString(needs.FMSPC[:]))
	ts.Setenv("ONES", strings.Repeat("11", 64))
	ts.Setenv("AA", strings.Repeat("aa", 32))
	write := func(name string, data []byte) { ts.Check(os.WriteFile(ts.MkAbs(name), data, 0o600)) }
	write("quote.bin", ev.Quote)
	write("quote.hex", []byte("0x"+hex.EncodeToString(ev.Quote)+"\n"))
	enclave.Debug = true
	debug, err := p.Source(enclave).Quote(context.Background(), [64]byte{})
	ts.Check(err)
	write("debug.bin", debug.Quote)
	policy := func(name string, tier attest.Tier, mrenclaves ...attest.Digest) {
		text, err := json.Marshal(attest.NewPolicy(1337008, tier, now.Add(-time.Hour), mrenclaves...))
		ts.Check(err)
		write(name, text)
	}
	policy("policy.json", attest.TierSimulated, enclave.MRENCLAVE)
	policy("other.json", attest.TierSimulated, attest.Digest{0xbb})
	policy("hardware.json", attest.TierGenuine, enclave.MRENCLAVE)
	address := func(digit string) string { return "0x000000000000000000000000000000000000000" + digit }
	profile, err := json.Marshal(network.Profile{
		Name: "devnet", ChainID: 1337008, RPC: []string{"http://127.0.0.1:1"}, Token: address("1"), Escrow: address("2"), Registry: address("3"),
		Collateral: []string{server.URL}, Simulated: p.RootDER(),
	})
	ts.Check(err)
	write("profile.json", profile)

	good, err := p.Collateral(dcap.TEESGX)
	ts.Check(err)
	misnamed := needs
	misnamed.FMSPC[0]++
	bundle := collateral.NewBundle(now)
	ts.Check(bundle.Add(misnamed, good))
	ts.Check(bundle.Write(ts.MkAbs("misnamed.json")))
	back.Store(int64(60 * 24 * time.Hour))
	stale, err := p.Collateral(dcap.TEESGX)
	ts.Check(err)
	ts.Check(collateral.Write(ts.MkAbs("stale.json"), stale))
	back.Store(0)
}
