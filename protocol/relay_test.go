package protocol

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

func relayKey(t testing.TB, n byte) Key {
	t.Helper()
	key, err := KeyFromBytes(append(make([]byte, 31), n))
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func relayJSON(t testing.TB, r Relay) []byte {
	t.Helper()
	raw, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func TestRelay(t *testing.T) {
	const now = 1_800_000_000
	d := Domain{ChainID: 1337008, Escrow: Address{0xe5}}
	owner, signer, stranger := relayKey(t, 1), relayKey(t, 2), relayKey(t, 3)
	closing := func(by Key, deadline uint64) Relay {
		c := SignedRequestClose{Session: SessionKey{Owner: owner.Address(), Signer: signer.Address(), Pod: Address{7}, Salt: 1<<64 - 1}, Deadline: deadline}
		c.Signature = by.Sign(d.Digest(c.TypedData()))
		return Relay{Close: &c}
	}
	withdraw := func(by Key, amount Amount, to Address, deadline uint64) Relay {
		w := SignedWithdraw{Withdraw: Withdraw{Owner: owner.Address(), To: to, Amount: amount, Fee: MaxAmount, Nonce: 1<<64 - 1, Deadline: deadline}}
		w.Signature = by.Sign(d.Digest(w.Withdraw))
		return Relay{Withdraw: &w}
	}
	for name, c := range map[string]struct {
		relay Relay
		want  string
	}{
		"close by the owner":           {closing(owner, now), ""},
		"close by the signer":          {closing(signer, now+1), ""},
		"close by a stranger":          {closing(stranger, now), "owner or signer"},
		"close too late":               {closing(owner, now-1), "deadline"},
		"close for ever":               {closing(owner, 1<<40), "deadline"},
		"withdrawal":                   {withdraw(owner, MaxAmount, Address{9}, now), ""},
		"withdrawal by another":        {withdraw(signer, Units(1), Address{9}, now), "account's owner"},
		"withdrawal of nothing":        {withdraw(owner, Units(0), Address{9}, now), "amount"},
		"withdrawal to nobody":         {withdraw(owner, Units(1), Address{}, now), "recipient"},
		"withdrawal after its own end": {withdraw(owner, Units(1), Address{9}, now-1), "deadline"},
		"release":                      {Relay{Release: &SessionKey{Owner: owner.Address(), Signer: signer.Address(), Pod: Address{7}, Salt: 1<<64 - 1}}, ""},
		"release of nobody's":          {Relay{Release: &SessionKey{Pod: Address{7}}}, "owner"},
		"release of no pod's":          {Relay{Release: &SessionKey{Owner: owner.Address()}}, "pod"},
	} {
		raw := relayJSON(t, c.relay)
		back, err := ParseRelay(raw)
		if err != nil || back.ID() != c.relay.ID() || len(raw) > MaxRelay {
			t.Fatalf("%s: %d bytes, %v", name, len(raw), err)
		}
		err = back.Verify(d, now)
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: want %q, got %v", name, c.want, err)
		}
		if c.relay.Release == nil && back.Verify(Domain{ChainID: 1, Escrow: d.Escrow}, now) == nil {
			t.Errorf("%s: taken on another chain", name)
		}
	}
	both := Relay{Close: closing(owner, now).Close, Withdraw: withdraw(owner, Units(1), Address{9}, now).Withdraw}
	release := Relay{Close: closing(owner, now).Close, Release: &SessionKey{}}
	good := string(relayJSON(t, closing(owner, now)))
	for name, text := range map[string]string{
		"empty": "", "neither": "{}", "both": string(relayJSON(t, both)), "release too": string(relayJSON(t, release)), "more": good + "{}", "unknown": `{"open":{}}`,
		"null": "null", "long": good + strings.Repeat(" ", MaxRelay),
	} {
		if _, err := ParseRelay([]byte(text)); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
}

func FuzzParseRelay(f *testing.F) {
	f.Add(relayJSON(f, Relay{Close: &SignedRequestClose{Deadline: 1}}))
	f.Add(relayJSON(f, Relay{Withdraw: &SignedWithdraw{}}))
	f.Add(relayJSON(f, Relay{Release: &SessionKey{Salt: 1<<64 - 1}}))
	f.Fuzz(func(t *testing.T, raw []byte) {
		r, err := ParseRelay(raw)
		if err != nil {
			return
		}
		_ = r.Verify(Domain{ChainID: 1}, 0) // must not panic
		back, err := ParseRelay(relayJSON(t, r))
		if err != nil || !bytes.Equal(relayJSON(t, back), relayJSON(t, r)) || back.ID() != r.ID() {
			t.Fatalf("a relay does not come back: %v", err)
		}
	})
}
