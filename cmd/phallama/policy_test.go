package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math/big"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/phallama/phallama/attest"
	platforms "github.com/phallama/phallama/attest/simulated"
	"github.com/phallama/phallama/chain"
	"github.com/phallama/phallama/internal/devnet"
	"github.com/phallama/phallama/internal/devnet/evm"
	"github.com/phallama/phallama/network"
	"github.com/phallama/phallama/protocol"
	"github.com/phallama/phallama/wallet"
)

// A governed chain makes additions wait as long as one with value does, which a devnet's own does not. Its proposer is the
// account that deployed it, its guardian another, and anybody has gas.
type governed struct {
	node                   *evm.Chain
	chain                  *chain.Client
	data                   string
	proposer               protocol.Key
	guardian, anyone       protocol.Address
	guardianDir, anyoneDir string
}

func startGoverned(ctx context.Context, t *testing.T) governed {
	t.Helper()
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	g := governed{data: t.TempDir(), guardianDir: t.TempDir(), anyoneDir: t.TempDir()}
	alloc := map[common.Address]*big.Int{}
	key := func(dir string) protocol.Key {
		key, err := wallet.Create(dir, "", wallet.Options{Light: true})
		check(err)
		alloc[common.Address(key.Address())] = big.NewInt(1e18)
		return key
	}
	g.proposer = key(filepath.Join(g.data, "devnet", "keys", "deployer"))
	g.guardian, g.anyone = key(g.guardianDir).Address(), key(g.anyoneDir).Address()
	var err error
	g.node, err = evm.Start(ctx, evm.Config{DataDir: t.TempDir(), Alloc: alloc, Addr: "127.0.0.1:0"})
	check(err)
	t.Cleanup(func() {
		if err := g.node.Close(); err != nil {
			t.Error(err)
		}
	})
	platform, err := platforms.New(platforms.Config{})
	check(err)
	policy, err := json.Marshal(attest.NewPolicy(evm.ChainID, attest.TierSimulated, time.Now().Add(-time.Hour), attest.Digest{1}))
	check(err)
	platformCA, processorCA := platform.CAKeys()
	profile := network.Profile{Name: "devnet", ChainID: evm.ChainID, RPC: []string{g.node.URL()}, Simulated: platform.RootDER(), Policy: policy}
	profile, err = chain.Deploy(ctx, profile, g.proposer, chain.Terms{PlatformCA: platformCA, ProcessorCA: processorCA, Guardian: g.guardian}, chain.Options{})
	check(err)
	check(profile.Save(devnet.ProfilePath(g.data)))
	g.chain, err = chain.Dial(ctx, profile, chain.Options{})
	check(err)
	t.Cleanup(g.chain.Close)
	return g
}

// shownPolicy is what `policy show --json` says.
type shownPolicy struct {
	DelaySeconds int64
	Governance   struct {
		Guardian     protocol.Address
		QEFloor      uint16
		Measurements []struct {
			MRENCLAVE protocol.Hash
			Status    string
			MinISVSVN uint16
		}
	}
	Proposals []chain.Proposal
}

func (g governed) show(t *testing.T) (s shownPolicy) {
	t.Helper()
	succeeds(t, &s, g.data, "policy", "show")
	return s
}

// measurement is what governance says of the only one that it ever listed: its status and lowest version.
func (s shownPolicy) measurement() string {
	if m := s.Governance.Measurements; len(m) == 1 {
		return fmt.Sprint(m[0].MRENCLAVE, m[0].Status, m[0].MinISVSVN)
	}
	return fmt.Sprint(len(s.Governance.Measurements))
}

// What widens trust is proposed, waits for two days by the chain's clock, and counts once anybody has executed it. What
// narrows it counts at once, and no proposal takes it back.
func TestPolicyOnChain(t *testing.T) {
	t.Parallel() // it waits for the most part
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	g := startGoverned(ctx, t)
	skip := func(d time.Duration) {
		t.Helper()
		if err := g.node.Skip(ctx, d); err != nil {
			t.Fatal(err)
		}
	}
	const delay = 48 * time.Hour
	mrenclave := protocol.Hash{0xaa, 31: 1}
	add := []string{"policy", "propose", "--add-measurement", strings.TrimPrefix(mrenclave.String(), "0x"), "--min-svn", "3"}

	// Only the proposer may, whose key a devnet has.
	for _, dir := range []string{g.guardianDir, g.anyoneDir} {
		fails(t, "use the proposer's key", g.data, append(add, "--key", dir)...)
	}
	if s := g.show(t); s.measurement() != "0" || len(s.Proposals) != 0 || s.DelaySeconds != int64(delay.Seconds()) || s.Governance.Guardian != g.guardian {
		t.Fatalf("before anything: %+v", s)
	}
	var proposed chain.Proposal
	succeeds(t, &proposed, g.data, add...)
	block, err := g.node.Client().HeaderByNumber(ctx, new(big.Int).SetUint64(proposed.Block))
	if err != nil {
		t.Fatal(err)
	}
	if proposed.Ready != block.Time+uint64(delay.Seconds()) || proposed.Done || !strings.HasPrefix(proposed.What, "addMeasurement mrenclave="+mrenclave.String()[2:]) {
		t.Fatalf("proposed at %d: %+v", block.Time, proposed)
	}

	// It is shown, with the command that executes it and the time from which that works, and changes nothing.
	text := succeeds(t, nil, g.data, "policy", "show").out
	hint := regexp.MustCompile(`from (.+) on: phallama policy execute (0x[0-9a-f]+)\n`).FindStringSubmatch(text)
	ready := time.Unix(int64(proposed.Ready), 0).UTC().Format(time.DateTime)
	if hint == nil || hint[1] != ready || !strings.Contains(text, "waiting     "+proposed.What) || !strings.Contains(text, proposed.ID.String()) {
		t.Fatalf("want the proposal %+v in\n%s", proposed, text)
	}
	if s := g.show(t); s.measurement() != "0" || len(s.Proposals) != 1 || s.Proposals[0].ID != proposed.ID || s.Proposals[0].Done {
		t.Errorf("while it waits: %+v", s)
	}
	execute := []string{"policy", "execute", hint[2], "--key", g.anyoneDir}
	fails(t, "it waits in the timelock until "+ready, g.data, execute...)
	skip(delay - 10*time.Minute)
	fails(t, "it waits in the timelock until "+ready, g.data, execute...)
	fails(t, "0 begin with", g.data, "policy", "execute", mrenclave.String())
	if s := g.show(t); s.measurement() != "0" {
		t.Errorf("before its time: %+v", s)
	}

	skip(10 * time.Minute)
	// acts has a command do what it says, in a block after the last.
	last := proposed.Block
	acts := func(what string, args ...string) {
		t.Helper()
		var done struct {
			What  string
			Tx    protocol.Hash
			Block uint64
		}
		succeeds(t, &done, g.data, args...)
		if done.What != what || done.Tx.IsZero() || done.Block <= last {
			t.Errorf("%v after block %d: %+v, want %q", args, last, done, what)
		}
		last = done.Block
	}
	acts(proposed.What, execute...)
	listed := func(status string) string { return fmt.Sprint(mrenclave, status, 3) }
	if s := g.show(t); s.measurement() != listed("active") || len(s.Proposals) != 1 || !s.Proposals[0].Done {
		t.Errorf("executed: %+v", s)
	}
	if text := succeeds(t, nil, g.data, "policy", "show").out; !strings.Contains(text, "enclave     "+mrenclave.String()+" active") || strings.Contains(text, "waiting") {
		t.Errorf("nothing waits any more, and the enclave is listed:\n%s", text)
	}
	fails(t, "it was executed already", g.data, execute...)

	// The guardian alone revokes, without a wait.
	revoke := []string{"policy", "revoke", mrenclave.String()}
	fails(t, "only the guardian or the timelock may", g.data, revoke...)
	if s := g.show(t); s.measurement() != listed("active") {
		t.Errorf("revoked by the proposer: %+v", s)
	}
	revoke = append(revoke, "--key", g.guardianDir)
	if s := succeeds(t, nil, g.data, append(revoke, "--deprecate")...); !strings.Contains(s.out, "deprecate measurement "+mrenclave.String()) {
		t.Errorf("deprecated: %s", s.out)
	}
	if s := g.show(t); s.measurement() != listed("deprecated") {
		t.Errorf("deprecated: %+v", s)
	}
	acts("revoke measurement "+mrenclave.String(), revoke...)
	if s := g.show(t); s.measurement() != listed("revoked") {
		t.Errorf("revoked: %+v", s)
	}
	fails(t, "a revocation is final", g.data, revoke...)

	// All that can be proposed, the revoked measurement too: that is not taken back after the wait either.
	var again, guardian, qe, floor chain.Proposal
	succeeds(t, &again, g.data, add...)
	succeeds(t, &qe, g.data, "policy", "propose", "--qe-floor", "11")
	succeeds(t, &floor, g.data, "policy", "propose", "--floor", "00606a000000:0e0e0303ffff01000000000000000000:13")
	succeeds(t, &guardian, g.data, "policy", "propose", "--guardian", g.anyone.String())
	skip(delay)
	fails(t, "a revocation is final", g.data, "policy", "execute", again.ID.String())
	if _, err := chain.NewTransactor(g.chain, g.proposer).Cancel(ctx, again.ID); err != nil {
		t.Fatal(err)
	}
	fails(t, "it was taken back", g.data, "policy", "execute", again.ID.String())
	for _, p := range []chain.Proposal{qe, floor, guardian} {
		acts(p.What, "policy", "execute", p.ID.String())
	}
	s := g.show(t)
	if s.measurement() != listed("revoked") || s.Governance.QEFloor != 11 || s.Governance.Guardian != g.anyone {
		t.Errorf("at last: %+v", s)
	}
	want := chain.Floor{FMSPC: [6]byte{0, 0x60, 0x6a}, ComponentSVNs: [16]byte{14, 14, 3, 3, 255, 255, 1}, PCESVN: 13}
	if got, err := g.chain.FloorOf(ctx, want.FMSPC); err != nil || got != want {
		t.Errorf("floor: %+v, %v, want %+v", got, err, want)
	}
}
