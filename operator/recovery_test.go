package operator

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/phallama/phallama/protocol"
)

// ack is a voucher that acknowledges so much, signed.
func ack(d protocol.Domain, signer protocol.Key, session protocol.SessionKey, acked uint64) protocol.AckedRow {
	v := protocol.Voucher{SessionID: session.ID(), Ceiling: protocol.Units(acked + 100), Acked: protocol.Units(acked), RequestHash: protocol.Hash{7}}
	return protocol.AckedRow{Session: session, Voucher: v, Signature: signer.Sign(d.Digest(v))}
}

var (
	keptDomain = protocol.Domain{ChainID: 1337008, Escrow: protocol.Address{3}}
	keptPod    = protocol.Address{5}
)

// sample is a recovery of n sessions, each of which acknowledged 10 more than its salt.
func sample(t testing.TB, path string, disk recoveryDisk, n int) (*recovery, owner) {
	t.Helper()
	r, err := openRecovery(path, keptDomain, keptPod, disk)
	if err != nil {
		t.Fatal(err)
	}
	var keys [2]protocol.Key
	for i := range keys {
		if keys[i], err = protocol.KeyFromBytes(bytes.Repeat([]byte{byte(i + 1)}, 32)); err != nil {
			t.Fatal(err)
		}
	}
	o := owner{keys[0], keys[1]}
	for i := range n {
		if err := r.take(ack(keptDomain, o.signer, o.open(keptDomain, keptPod, uint64(i), 1).SessionKey, uint64(10+i))); err != nil {
			t.Fatal(err)
		}
	}
	return r, o
}

func TestRecoveryFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pod.recovery.json")
	r, o := sample(t, path, realDisk{}, 5)
	if err := r.save(); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if _, err := os.Stat(path + recoveryTemp); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("left behind: %v", err)
	}
	again, err := openRecovery(path, keptDomain, keptPod, realDisk{})
	if err != nil || len(again.kept) != 5 {
		t.Fatalf("%d kept, %v", len(again.kept), err)
	}
	session := o.open(keptDomain, keptPod, 2, 1).SessionKey
	for _, c := range []struct {
		acked, want uint64
	}{{11, 12}, {12, 12}, {13, 13}, {1, 13}} { // a pod that has lost its ledger exports less
		if err := again.take(ack(keptDomain, o.signer, session, c.acked)); err != nil {
			t.Error(err)
		}
		if got := again.kept[session.ID()].Voucher.Acked; got != protocol.Units(c.want) {
			t.Errorf("after %d: %s kept, want %d", c.acked, got, c.want)
		}
	}
	if n := again.bound(3); n != 2 || len(again.kept) != 3 {
		t.Errorf("%d dropped, %d left", n, len(again.kept))
	}
	if _, ok := again.kept[session.ID()]; !ok {
		t.Error("what acknowledges more was dropped")
	}
}

func TestRecoveryTakesWhatPays(t *testing.T) {
	r, o := sample(t, filepath.Join(t.TempDir(), "f"), realDisk{}, 0)
	session := o.open(keptDomain, keptPod, 9, 1).SessionKey
	for name, change := range map[string]func(*protocol.AckedRow){
		"pod":              func(v *protocol.AckedRow) { v.Session.Pod[0]++ },
		"another session":  func(v *protocol.AckedRow) { v.Session.Salt++ },
		"nothing":          func(v *protocol.AckedRow) { *v = ack(keptDomain, o.signer, session, 0) },
		"ceiling":          func(v *protocol.AckedRow) { v.Voucher.Ceiling = protocol.Units(1) },
		"signature":        func(v *protocol.AckedRow) { v.Voucher.Acked = protocol.Units(11) },
		"the other signer": func(v *protocol.AckedRow) { *v = ack(keptDomain, o.key, session, 10) },
		"other domain": func(v *protocol.AckedRow) {
			*v = ack(protocol.Domain{ChainID: 1, Escrow: keptDomain.Escrow}, o.signer, session, 10)
		},
	} {
		v := ack(keptDomain, o.signer, session, 10)
		change(&v)
		if err := r.take(v); err == nil || len(r.kept) != 0 {
			t.Errorf("%s: %v, %d kept", name, err, len(r.kept))
		}
	}
}

// What moves nothing goes once that is final, and comes back if a reorganisation undoes it before.
func TestRecoveryPrunes(t *testing.T) {
	r, o := sample(t, filepath.Join(t.TempDir(), "f"), realDisk{}, 3)
	fact := func(salt, limit, claimed uint64) protocol.SessionFact {
		return protocol.SessionFact{SessionKey: o.open(keptDomain, keptPod, salt, 1).SessionKey, Cap: protocol.Units(limit), Claimed: protocol.Units(claimed)}
	}
	for _, step := range []struct {
		head, final uint64
		facts       []protocol.SessionFact
		left        int
	}{
		{100, 90, []protocol.SessionFact{fact(0, 0, 0), fact(1, 1000, 11), fact(2, 1000, 11)}, 3},
		{105, 99, []protocol.SessionFact{fact(0, 1000, 0), fact(1, 1000, 11), fact(2, 1000, 11)}, 3}, // session 0 is back
		{110, 100, []protocol.SessionFact{fact(0, 0, 0), fact(1, 1000, 11), fact(2, 1000, 11)}, 2},   // session 1 has paid
		{115, 109, []protocol.SessionFact{fact(0, 0, 0), fact(2, 1000, 11)}, 2},
		{120, 110, []protocol.SessionFact{fact(0, 0, 0), fact(2, 1000, 11)}, 1},
		{121, 121, []protocol.SessionFact{fact(2, 1000, 13), fact(7, 0, 0)}, 0}, // paid more; one that is not kept
	} {
		r.prune(step.facts, step.head, step.final)
		if len(r.kept) != step.left {
			t.Errorf("block %d: %d kept, want %d", step.head, len(r.kept), step.left)
		}
	}
	if len(r.gone) != 0 {
		t.Errorf("%d remembered", len(r.gone))
	}
}

func TestDamagedRecovery(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pod.recovery.json")
	r, _ := sample(t, path, realDisk{}, 3)
	if err := r.save(); err != nil {
		t.Fatal(err)
	}
	good, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	edit := func(change func(f *recoveryFile)) []byte {
		var f recoveryFile
		if err := json.Unmarshal(good, &f); err != nil {
			t.Fatal(err)
		}
		change(&f)
		data, err := json.Marshal(f)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	resum := func(change func(f *recoveryFile)) []byte {
		return edit(func(f *recoveryFile) { change(f); f.Checksum = f.sum() })
	}
	for name, data := range map[string][]byte{
		"empty":         {},
		"zeros":         make([]byte, len(good)),
		"cut":           good[:len(good)/2],
		"two":           append(bytes.Clone(good), good...),
		"version":       resum(func(f *recoveryFile) { f.Version = 2 }),
		"unknown field": bytes.Replace(good, []byte(`"vouchers"`), []byte(`"more":1,"vouchers"`), 1),
		"one less":      edit(func(f *recoveryFile) { f.Vouchers = f.Vouchers[:2] }),
		"amount":        edit(func(f *recoveryFile) { f.Vouchers[1].Voucher.Acked = protocol.Units(9) }),
		"order":         resum(func(f *recoveryFile) { f.Vouchers[0], f.Vouchers[1] = f.Vouchers[1], f.Vouchers[0] }),
		"twice":         resum(func(f *recoveryFile) { f.Vouchers[1] = f.Vouchers[0] }),
		"a pod's":       resum(func(f *recoveryFile) { f.Pod[0]++ }),
		"another id":    resum(func(f *recoveryFile) { f.Vouchers[2].Voucher.SessionID[0]++ }),
		"too large":     append(bytes.Clone(good), bytes.Repeat([]byte(" "), maxRecovery)...),
	} {
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := openRecovery(path, keptDomain, keptPod, realDisk{})
		if err == nil || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), "move it away") {
			t.Errorf("%s: %v", name, err)
		}
		if left, _ := os.ReadFile(path); !bytes.Equal(left, data) {
			t.Errorf("%s: the file was changed", name)
		}
	}
	if err := os.WriteFile(path, good, 0o600); err != nil {
		t.Fatal(err)
	}
	for want, of := range map[string]struct {
		protocol.Domain
		pod protocol.Address
	}{
		"each pod a file":     {keptDomain, protocol.Address{6}},
		"each network a file": {protocol.Domain{ChainID: 1, Escrow: keptDomain.Escrow}, keptPod},
	} {
		if _, err := openRecovery(path, of.Domain, of.pod, realDisk{}); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), path) {
			t.Errorf("%v", err)
		}
	}
	if _, err := openRecovery(filepath.Join(t.TempDir(), "no", "such"), keptDomain, keptPod, realDisk{}); err == nil || !strings.Contains(err.Error(), "can be written") {
		t.Errorf("%v", err)
	}
}

var errCrash = errors.New("crash")

// crashDisk fails at one of its steps, done or not, or, where it writes, half done, and at all after it.
type crashDisk struct {
	at, step int
	how      string
}

func (d *crashDisk) do(real, half func() error) error {
	d.step++
	switch {
	case d.step < d.at:
		return real()
	case d.step == d.at && d.how == "after":
		return errors.Join(real(), errCrash)
	case d.step == d.at && d.how == "half" && half != nil:
		return errors.Join(half(), errCrash)
	}
	return errCrash
}

func (d *crashDisk) write(path string, data []byte) error {
	return d.do(func() error { return realDisk{}.write(path, data) }, func() error { return realDisk{}.write(path, data[:len(data)/2]) })
}

func (d *crashDisk) rename(from, to string) error {
	return d.do(func() error { return realDisk{}.rename(from, to) }, nil)
}

func (d *crashDisk) syncDir(path string) error {
	return d.do(func() error { return realDisk{}.syncDir(path) }, nil)
}

// Whatever step a save breaks off at, the file is the old one or the new one, whole, and the next save mends it.
func TestRecoveryCrashes(t *testing.T) {
	for at := 1; at <= 3; at++ {
		for _, how := range []string{"before", "half", "after"} {
			path := filepath.Join(t.TempDir(), "f")
			r, o := sample(t, path, realDisk{}, 3)
			if err := r.save(); err != nil {
				t.Fatal(err)
			}
			disk := &crashDisk{at: at, how: how}
			r.disk = disk
			session := o.open(keptDomain, keptPod, 3, 1).SessionKey
			if err := r.take(ack(keptDomain, o.signer, session, 50)); err != nil {
				t.Fatal(err)
			}
			if err := r.save(); !errors.Is(err, errCrash) || !r.dirty {
				t.Fatalf("%d %s: %v, dirty %v", at, how, err, r.dirty)
			}
			again, err := openRecovery(path, keptDomain, keptPod, realDisk{})
			want := 3
			if at == 2 && how == "after" || at == 3 {
				want = 4
			}
			if err != nil || len(again.kept) != want {
				t.Errorf("%d %s: %d kept, %v; want %d", at, how, len(again.kept), err, want)
			}
			r.disk = realDisk{} // the same process goes on: what was not saved was not forgotten
			if err := r.save(); err != nil {
				t.Error(err)
			}
			if again, err = openRecovery(path, keptDomain, keptPod, realDisk{}); err != nil || len(again.kept) != 4 {
				t.Errorf("%d %s: saved again: %d kept, %v", at, how, len(again.kept), err)
			}
		}
	}
}

// Whatever a recovery file is made to say: what is read is what would be written.
func FuzzRecoveryFile(f *testing.F) {
	path := filepath.Join(f.TempDir(), "f")
	r, _ := sample(f, path, realDisk{}, 2)
	if err := r.save(); err != nil {
		f.Fatal(err)
	}
	good, err := os.ReadFile(path)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add([]byte(`{"version":1,"chainId":1,"vouchers":[]}`))
	f.Add([]byte(`{"version":1,"vouchers":[{"session":{"salt":1}}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := parseRecovery(data)
		if err != nil {
			return
		}
		text, err := json.Marshal(file)
		if err != nil {
			t.Fatal(err)
		}
		again, err := parseRecovery(text)
		if err != nil || again.sum() != file.sum() || again.Checksum != file.Checksum || len(again.Vouchers) != len(file.Vouchers) {
			t.Errorf("%v: %s", err, text)
		}
		if err := again.of(protocol.Domain{ChainID: file.ChainID, Escrow: file.Escrow}, file.Pod); err != nil {
			t.Error(err)
		}
	})
}
