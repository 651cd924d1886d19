package pod_test

import (
	"encoding/hex"
	"strings"
	"testing"

	"github.com/phallama/phallama/protocol"
)

// The engine learns which requests are one account's: those that one owner, or one delegate of its, pays. It does not
// learn whose, and a restart makes all names new.
func TestEngineAccounts(t *testing.T) {
	r := newRig(t)
	other, delegate := newKey(t), newKey(t)
	by := func(owner, signer protocol.Key, salt uint64) protocol.SessionKey {
		return protocol.SessionKey{Owner: owner.Address(), Signer: signer.Address(), Pod: where.Pod, Salt: salt}
	}
	sessions := []struct {
		account string
		key     protocol.SessionKey
		signer  protocol.Key
	}{
		{"owner", r.session, r.signer},
		{"owner", by(r.owner, r.signer, 8), r.signer},
		{"owner", by(r.owner, delegate, 9), delegate}, // a signer is not yet a delegate
		{"delegate", by(r.owner, delegate, protocol.DelegateSalt|1), delegate},
		{"delegate", by(r.owner, delegate, protocol.DelegateSalt|2), delegate},
		{"another delegate", by(r.owner, other, protocol.DelegateSalt|1), other},
		{"another owner", by(delegate, r.signer, 7), r.signer},
	}
	// The key of a delegate is a person, whether it spends another's balance or its own.
	sessions[len(sessions)-1].account = "delegate"
	ask := func(r *rig, key protocol.SessionKey, signer protocol.Key) string {
		t.Helper()
		r.learn(r.fact(key, 1_000_000))
		c := r.newCall("/api/chat", chatOne)
		c.payment.Session, c.payment.Acked, c.signer = key, protocol.Amount{}, signer
		if got := r.send(c); got.status != 200 {
			t.Fatalf("%d %s", got.status, got.body)
		}
		r.engine.mu.Lock()
		defer r.engine.mu.Unlock()
		return r.engine.accounts[len(r.engine.accounts)-1]
	}
	names := map[string]string{} // of accounts
	whose := map[string]string{}
	for _, s := range sessions {
		name := ask(r, s.key, s.signer)
		if b, err := hex.DecodeString(name); err != nil || len(b) != 32 {
			t.Errorf("%s: the engine was told %q, want 32 bytes in hexadecimal", s.account, name)
		}
		for _, address := range []protocol.Address{s.key.Owner, s.key.Signer} {
			if strings.Contains(name, hex.EncodeToString(address[:])) {
				t.Errorf("%s: the name %s quotes an address", s.account, name)
			}
		}
		if old, ok := names[s.account]; ok && old != name {
			t.Errorf("%s has two names", s.account)
		}
		if of, ok := whose[name]; ok && of != s.account {
			t.Errorf("%s and %s have one name", of, s.account)
		}
		names[s.account], whose[name] = name, s.account
	}

	again := newRig(t)
	if name := ask(again, r.session, r.signer); whose[name] != "" {
		t.Error("another pod tells the engine the same name")
	}
}
