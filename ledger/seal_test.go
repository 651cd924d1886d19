package ledger

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/phallama/phallama/protocol"
)

// cutFrames splits a log into its header and its frames.
func cutFrames(t testing.TB, data []byte) (head []byte, list [][]byte) {
	t.Helper()
	_, err := frames(data, func(sealed []byte) error {
		at := headerSize
		for _, f := range list {
			at += len(f)
		}
		list = append(list, data[at:at+frameHead+len(sealed)])
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return data[:headerSize], list
}

func join(head []byte, list ...[]byte) []byte {
	return append(slices.Clone(head), slices.Concat(list...)...)
}

// withSum is a frame whose checksum is right for what it holds: what somebody makes who means it.
func withSum(sealed []byte) []byte {
	f := append(make([]byte, frameHead), sealed...)
	f[0], f[1], f[2], f[3] = byte(len(sealed)), byte(len(sealed)>>8), byte(len(sealed)>>16), byte(len(sealed)>>24)
	sum := checksum(f[:4], sealed)
	f[4], f[5], f[6], f[7] = byte(sum), byte(sum>>8), byte(sum>>16), byte(sum>>24)
	return f
}

// Nothing of what the log holds can be read in it.
func TestSealedOnDisk(t *testing.T) {
	data := scriptLog(t)
	p := newPayer(1)
	voucher := p.request(4, 20, 100, 80).Voucher
	for what, text := range map[string][]byte{
		"a record's name": []byte("commit"), "an owner": p.session.Owner[:], "a signature": voucher.Signature[:],
		"a signature in hex": []byte(voucher.Signature.String()[2:]), "an amount's name": []byte("ceiling"), "JSON": []byte(`":"`),
	} {
		if bytes.Contains(data, text) {
			t.Errorf("%s stands in the log", what)
		}
	}
}

// Frames stay where they are: changed, moved, left out, repeated or taken from another log they are refused, and the log
// is left as it is.
func TestFramesStayInPlace(t *testing.T) {
	head, own := cutFrames(t, scriptLog(t))
	otherHead, other := cutFrames(t, scriptLog(t)) // the same history in another file
	n := len(own)
	if n < 4 || len(other) != n {
		t.Fatalf("%d and %d frames", n, len(other))
	}
	flipped := slices.Clone(own[1][frameHead:])
	flipped[3] ^= 1
	for name, data := range map[string][]byte{
		"two in the other order":             join(head, append([][]byte{own[0], own[2], own[1]}, own[3:]...)...),
		"one left out":                       join(head, append([][]byte{own[0]}, own[2:]...)...),
		"the first left out":                 join(head, own[1:]...),
		"one twice":                          join(head, append([][]byte{own[0], own[1], own[1]}, own[2:]...)...),
		"the last again":                     join(head, append(slices.Clone(own), own[n-1])...),
		"one of another log":                 join(head, append([][]byte{own[0], other[1]}, own[2:]...)...),
		"another log's tail":                 join(head, append(slices.Clone(own[:n-1]), other[n-1])...),
		"another log's header":               join(otherHead, own...),
		"changed, with the right sum":        join(head, append([][]byte{own[0], withSum(flipped)}, own[2:]...)...),
		"the last changed, with a right sum": join(head, append(slices.Clone(own[:n-1]), withSum(own[n-1][frameHead:len(own[n-1])-1]))...),
		"one that is too short":              join(head, append(slices.Clone(own), withSum([]byte{1}))...),
		"plain text":                         join(head, append(slices.Clone(own), withSum([]byte(`{"facts":{"lastSeq":9}}`)))...),
	} {
		_, d, err := openBytes(data)
		var bad *DamagedError
		if !errors.As(err, &bad) {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if !bytes.Equal(d.names[logName].data, data) {
			t.Errorf("%s: a log that was refused was written to", name)
		}
	}
	// Another pod's log under the same key, with this pod's name written over its header.
	now, d := testStart, newMemDisk()
	cfg := Config{Domain: testDomain, Pod: protocol.Address{1}, Key: testKey}
	l, err := open(cfg, d)
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	stolen := d.names[logName].data
	h, err := parseHeader(stolen)
	if err != nil {
		t.Fatal(err)
	}
	h.pod = testPod
	var bad *DamagedError
	if _, _, err := openBytes(join(h.bytes(), stolen[headerSize:])); !errors.As(err, &bad) {
		t.Errorf("another pod's log at %v: %v", now, err)
	}
}

// No nonce comes twice under one key: each file that is ever written has a salt of its own, whatever was done to the file
// before it, and its frames count up from 0.
func TestNoNonceTwice(t *testing.T) {
	now, p := testStart, newPayer(1)
	seen := map[[saltSize]byte]string{}
	note := func(what string, d *memDisk) {
		t.Helper()
		data := d.names[logName].data
		h, err := parseHeader(data)
		if err != nil {
			t.Fatal(err)
		}
		if before := seen[h.salt]; before != "" {
			t.Fatalf("%s has the salt of %s", what, before)
		}
		seen[h.salt] = what
		s := opener(t, data)
		if _, err := frames(data, func(sealed []byte) error { _, err := s.open(sealed); return err }); err != nil {
			t.Fatalf("%s: frames are not numbered from 0: %v", what, err)
		}
	}
	d := newMemDisk()
	l, err := openMem(d, &now)
	if err != nil {
		t.Fatal(err)
	}
	note("a new log", d)
	learn(t, l, 0, p.fact(1000, 0))
	p.serve(t, l, 1, 10, 0)
	first := d.names[logName].data
	start := lastFrame(t, first)
	// The tail is cut off and the same thing is written again, in copies of the directory as well.
	var tails [][]byte
	for n := range 4 {
		l, d, err := openBytes(first[:start+n])
		if err != nil {
			t.Fatal(err)
		}
		note(fmt.Sprintf("fork %d", n), d)
		before := len(d.names[logName].data)
		if _, err := l.Commit(p.request(1, 10, 10, 0).ID, bill(10)); err == nil {
			t.Fatal("the commit was not cut off")
		}
		p.serve(t, l, 1, 10, 0)
		tails = append(tails, d.names[logName].data[before:])
	}
	for i := range tails {
		for j := range i {
			if bytes.Equal(tails[i][:frameHead+16], tails[j][:frameHead+16]) {
				t.Errorf("forks %d and %d wrote the same under the same key", i, j)
			}
		}
	}
	for n := range 3 {
		l.log.compactAt = 0
		p.serve(t, l, byte(2+n), 10, 10*uint64(n+1))
		note(fmt.Sprintf("rewriting %d", n), d)
	}
	// A rewriting that fails uses a salt and is thrown away; the log goes on under its own.
	d.fault = fault{d.steps + 4, half}
	l.log.compactAt = 0
	p.serve(t, l, 9, 10, 40)
	p.serve(t, l, 10, 10, 50)
	opener := opener(t, d.names[logName].data)
	if _, err := frames(d.names[logName].data, func(sealed []byte) error { _, err := opener.open(sealed); return err }); err != nil {
		t.Error(err)
	}
}

// A key that is not the log's is told from damage, with what to do, and nothing is lost by it.
func TestWrongKey(t *testing.T) {
	now, dir, p := testStart, t.TempDir(), newPayer(1)
	l := openTest(t, dir, &now)
	learn(t, l, 0, p.fact(1000, 0))
	p.serve(t, l, 1, 10, 0)
	cfg := l.cfg
	l.Close()
	before, err := os.ReadFile(filepath.Join(dir, logName))
	if err != nil {
		t.Fatal(err)
	}
	cfg.Key = newTestKey("of another enclave")
	_, err = Open(cfg)
	var other *SealedError
	if !errors.As(err, &other) || other.LogKey == other.OwnKey || !strings.Contains(err.Error(), dir) {
		t.Fatalf("%v", err)
	}
	for _, word := range []string{"sealed for another enclave or platform", "Nothing was changed", "move the log away", other.LogKey} {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("%q does not say %q", err, word)
		}
	}
	after, err := os.ReadFile(filepath.Join(dir, logName))
	if err != nil || !bytes.Equal(before, after) {
		t.Error("the log was touched", err)
	}
	l = openTest(t, dir, &now)
	if s, _ := l.Session(p.session.ID()); s.Charged != protocol.Units(10) {
		t.Errorf("charged %s", s.Charged)
	}
}

// A log of version 1 was plain: whoever wrote to the directory could have put any charge into it.
func TestVersion1IsRefused(t *testing.T) {
	plain := []byte(plainMagic + "\x05\x00\x00\x00abcd{...}")
	_, d, err := openBytes(plain)
	if err == nil || !strings.Contains(err.Error(), "version 1") || !strings.Contains(err.Error(), "move the log away") {
		t.Fatal(err)
	}
	if !bytes.Equal(d.names[logName].data, plain) {
		t.Error("it was written to")
	}
}

func TestKeyIsSecret(t *testing.T) {
	const text = "sixteen bytes or more"
	k := newTestKey(text)
	hexText := fmt.Sprintf("%x", text)
	var lines strings.Builder
	log := slog.New(slog.NewTextHandler(&lines, nil))
	log.Info("x", "key", k, "config", Config{Key: k})
	wrapped := struct{ key Key }{k}
	for _, format := range []string{"%v", "%+v", "%#v", "%s", "%x", "%q", "%d"} {
		for _, v := range []any{k, &k, Config{Key: k}, &Config{Key: k}, wrapped, &wrapped, []Key{k}} {
			lines.WriteString(fmt.Sprintf(format, v) + "\n")
		}
	}
	if raw, err := k.MarshalText(); err != nil || string(raw) != redacted {
		t.Error(string(raw), err)
	}
	if got := lines.String(); strings.Contains(got, "sixteen") || strings.Contains(got, hexText) || !strings.Contains(got, redacted) {
		t.Error(got)
	}
	for name, secret := range map[string][]byte{
		"none": nil, "short": []byte("fifteen bytes.."), "long": bytes.Repeat([]byte("ab"), 33), "zeros": make([]byte, 32), "equal bytes": bytes.Repeat([]byte{255}, 16),
	} {
		if k, err := NewKey(secret); err == nil || !k.IsZero() {
			t.Errorf("%s: accepted", name)
		}
	}
	secret := []byte(text)
	kept, err := NewKey(secret)
	if err != nil {
		t.Fatal(err)
	}
	before, _ := kept.id()
	clear(secret)
	if after, _ := kept.id(); after != before || before == ([keyIDSize]byte{}) {
		t.Error("the caller's slice is the key")
	}
}

func FuzzHeader(f *testing.F) {
	data := scriptLog(f)
	f.Add(data[:headerSize])
	f.Add([]byte(plainMagic))
	f.Fuzz(func(t *testing.T, data []byte) {
		h, err := parseHeader(data)
		if err == nil && !bytes.Equal(h.bytes(), data[:headerSize]) {
			t.Fatalf("%x reads as %+v", data[:headerSize], h)
		}
	})
}
