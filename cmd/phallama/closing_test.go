package main

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/internal/devnet"
	"github.com/phallama/phallama/protocol"
)

// plus is the sum of amounts.
func plus(t *testing.T, amounts ...protocol.Amount) (sum protocol.Amount) {
	t.Helper()
	for _, a := range amounts {
		var err error
		if sum, err = sum.Add(a); err != nil {
			t.Fatal(err)
		}
	}
	return sum
}

// A session is closed at once with its pod's word, and another, while a gateway has its state, by the chain's hour: what it
// locked comes back but for what the pod charged. The second ends so although governance has revoked the pod's machine.
func TestCloseAndRelease(t *testing.T) {
	t.Parallel() // it waits for the most part
	data, other := t.TempDir(), t.TempDir()
	funds := protocol.Tokens(10)
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	n := startDevnet(ctx, t, func(c *devnet.Config) { c.Dir, c.Funds, c.SettleEvery = data, funds, time.Hour })
	// ask has a question answered, and returns what it cost.
	ask := func() protocol.Amount {
		t.Helper()
		if _, err := chat(ctx, n.Gateway, question{Model: defaultModel, Messages: []message{{"user", "Repeat after me: falcon-4711"}}}, io.Discard); err != nil {
			t.Fatal(err)
		}
		receipts := readState(t, data).Receipts
		return receipts[len(receipts)-1].Receipt.Cost
	}
	// money is what the wallet shows, with all of it somewhere.
	money := func(charged ...protocol.Amount) (m walletMoney) {
		t.Helper()
		succeeds(t, &m, data, "wallet", "show")
		if rest := plus(t, append(charged, m.Held, m.Available, m.Locked)...); rest != funds || plus(t, append(charged, m.Total)...) != funds {
			t.Errorf("%s held, %s available, %s locked and %s charged of %s; %s in all", m.Held, m.Available, m.Locked, charged, funds, m.Total)
		}
		return m
	}
	one := func(m walletMoney) sessionMoney {
		t.Helper()
		if len(m.Sessions) != 1 || m.Locked.IsZero() || m.Locked != m.Sessions[0].left() {
			t.Fatalf("want one session, and %s locked in it: %+v", m.Locked, m.Sessions)
		}
		return m.Sessions[0]
	}
	type moving struct {
		Done, What  string
		Transaction struct{ Tx protocol.Hash }
	}
	// move runs a command of the wallet's that sends a transaction.
	move := func(data string, args ...string) (m moving, told said) {
		t.Helper()
		told = succeeds(t, &m, data, append([]string{"wallet"}, args...)...)
		if m.Transaction.Tx.IsZero() {
			t.Errorf("%v: no transaction in %s", args, told.out)
		}
		return m, told
	}

	// At once, by the wallet in another directory: it asks the pod where the session stands.
	first := ask()
	before := money()
	s := one(before)
	if first.IsZero() || s.OnChain.Closing || !s.OnChain.Claimed.IsZero() {
		t.Fatalf("%s charged, session %+v", first, s.OnChain)
	}
	if err := os.CopyFS(filepath.Join(other, "wallet"), os.DirFS(filepath.Join(data, "wallet"))); err != nil {
		t.Fatal(err)
	}
	if err := n.Profile.Save(devnet.ProfilePath(other)); err != nil {
		t.Fatal(err)
	}
	succeeds(t, nil, other, "sessions", "recover")
	moved, told := move(other, "close", s.ID.Short())
	paid := "it paid " + first.Tokens() + " tokens in all, and " + s.OnChain.Cap.SubDown(first).Tokens() + " are available again"
	if moved.Done != "closed" || !strings.Contains(moved.What, s.ID.String()) || !strings.Contains(told.err, paid) {
		t.Errorf("closed: %+v, want %q\n%s", moved, paid, told.err)
	}
	closed := money(first)
	if len(closed.Sessions) != 0 || !closed.Locked.IsZero() || closed.Available != plus(t, before.Available, s.OnChain.Cap.SubDown(first)) {
		t.Errorf("%s locked and %s available, before %s and %s, %s charged", closed.Locked, closed.Available, before.Locked, before.Available, first)
	}
	if earned, err := n.Chain.Claimable(ctx, n.Pod().ID); err != nil || earned != first {
		t.Errorf("the pod has earned %s, %v, want %s", earned, err, first)
	}

	// By the chain alone, where the gateway has the state. Neither an open session is released nor a closing one.
	second := ask()
	before = money(first)
	s = one(before)
	if s.OnChain.Closing || !s.OnChain.Claimed.IsZero() || s.OnChain.Cap.Cmp(second) <= 0 {
		t.Fatalf("%s charged, session %+v", second, s.OnChain)
	}
	id := s.ID.String()
	fails(t, "ask for its close first", data, "wallet", "release", id)
	hour := func() uint64 { // from now on, by the chain
		t.Helper()
		head, err := n.Chain.Head(ctx)
		if err != nil {
			t.Fatal(err)
		}
		return head.Time + uint64(time.Hour.Seconds())
	}
	earliest := hour()
	moved, told = move(data, "close", id)
	latest := hour()
	if moved.Done != "closing" || !strings.Contains(told.err, "stop it first to close at once") {
		t.Errorf("closing: %+v\n%s", moved, told.err)
	}
	closing := money(first)
	s = one(closing)
	if !s.OnChain.Closing || s.OnChain.Expiry < earliest || s.OnChain.Expiry > latest ||
		closing.Pending != before.Locked || closing.Locked != before.Locked || closing.Available != before.Available {
		t.Errorf("closing until %d to %d: %+v, before %+v", earliest, latest, closing, before)
	}
	fails(t, "expiry "+time.Unix(int64(s.OnChain.Expiry), 0).UTC().Format(time.DateTime)+" UTC): it can be released once that has passed", data, "wallet", "release", id)

	// The pod is paid within the hour; then governance revokes its machine, and no agent releases the session first.
	if settled, err := n.Agent().SettleNow(ctx); err != nil || settled.Charged != second {
		t.Fatalf("settled %+v, %v, want %s", settled, err, second)
	}
	n.Pod().StopAgent()
	var seen struct {
		Pods []struct {
			Claims *struct {
				Platform struct{ Machine attest.Digest }
			}
			Refused string
		}
	}
	succeeds(t, &seen, data, "pods")
	if len(seen.Pods) != 1 || seen.Pods[0].Claims == nil {
		t.Fatalf("pods: %+v", seen)
	}
	machine := seen.Pods[0].Claims.Platform.Machine.String()
	if s := succeeds(t, nil, data, "policy", "revoke", "--machine", machine); !strings.Contains(s.out, "revoke machine 0x"+machine) {
		t.Errorf("revoked: %s", s.out)
	}
	seen.Pods = nil
	succeeds(t, &seen, data, "pods")
	if len(seen.Pods) != 1 || seen.Pods[0].Claims != nil || !strings.Contains(seen.Pods[0].Refused, "revoked") {
		t.Errorf("pods on a revoked machine: %+v", seen)
	}

	// Anybody who has gas releases what has expired, for its owner, and needs its id for that.
	stranger := t.TempDir()
	if err := os.CopyFS(filepath.Join(stranger, "wallet"), os.DirFS(filepath.Join(data, "devnet", "keys", "operator"))); err != nil {
		t.Fatal(err)
	}
	if err := n.Profile.Save(devnet.ProfilePath(stranger)); err != nil {
		t.Fatal(err)
	}
	fails(t, "NotExpired", stranger, "wallet", "release", id)
	if err := n.Skip(ctx, time.Hour+time.Minute); err != nil {
		t.Fatal(err)
	}
	if s := inProcess(t, stranger, "wallet", "release", s.ID.Short()); s.status != exitUsage {
		t.Errorf("by the first digits: %+v", s)
	}
	moved, _ = move(stranger, "release", id)
	rest := s.OnChain.Cap.SubDown(second)
	if moved.Done != "released" || moved.What != "session "+id+" with "+rest.Tokens()+" dPHA for "+n.User.String() {
		t.Errorf("released: %+v, want %s", moved, rest.Tokens())
	}
	released := money(first, second)
	if len(released.Sessions) != 0 || !released.Pending.IsZero() || released.Available != plus(t, before.Available, rest) {
		t.Errorf("%s available, before %s and %s locked, %s charged: %+v", released.Available, before.Available, before.Locked, second, released)
	}
	if s := inProcess(t, stranger, "wallet", "release", id); s.status != exitUsage || !strings.Contains(s.err, "fits 0") {
		t.Errorf("released again: %+v", s)
	}
	move(data, "withdraw", released.Available.Tokens())
	if m := money(first, second); m.Held != released.Available || !m.Available.IsZero() {
		t.Errorf("%s in the wallet and %s available, want %s and none", m.Held, m.Available, released.Available)
	}
}
