package envelope

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestKeyConfigRoundTrip(t *testing.T) {
	var configs []KeyConfig
	for i, kem := range kems {
		key, err := GenerateKey(uint8(i), kem)
		if err != nil {
			t.Fatal(err)
		}
		c := key.Config()
		c.Suites = append(c.Suites, Suite{KDF: 1, AEAD: 3})
		got, err := ParseKeyConfig(c.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c, got); diff != "" {
			t.Error(diff)
		}
		configs = append(configs, c)
	}
	list := MarshalKeyConfigs(configs)
	got, err := ParseKeyConfigs(list)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(configs, got); diff != "" {
		t.Error(diff)
	}
	// A key of a later time is skipped, and the rest still serves.
	unknown := []byte{0, 5, 9, 0x12, 0x34, 1, 2}
	if got, err := ParseKeyConfigs(append(unknown, list...)); err != nil || len(got) != len(configs) {
		t.Errorf("%d configs, %v, expected %d", len(got), err, len(configs))
	}
}

func TestKeyConfigRefusals(t *testing.T) {
	key, err := GenerateKey(1, X25519)
	if err != nil {
		t.Fatal(err)
	}
	good := key.Config().Bytes()
	edit := func(f func([]byte) []byte) []byte { return f(bytes.Clone(good)) }
	for name, b := range map[string][]byte{
		"empty":            nil,
		"too short":        good[:2],
		"unknown KEM":      edit(func(b []byte) []byte { b[1] = 9; return b }),
		"cut in the key":   good[:20],
		"no suites length": good[:35],
		"no suites":        append(bytes.Clone(good[:35]), 0, 0),
		"half a suite":     edit(func(b []byte) []byte { b[36] = 2; return b[:39] }),
		"cut in a suite":   good[:len(good)-1],
		"trailing byte":    append(bytes.Clone(good), 0),
		"no suite of ours": edit(func(b []byte) []byte { b[40] = 9; return b }),
		"too long":         make([]byte, MaxKeyConfigBytes+1),
		"X-Wing key short": edit(func(b []byte) []byte { b[1], b[2] = 0x64, 0x7a; return b }),
	} {
		if c, err := ParseKeyConfig(b); err == nil {
			t.Errorf("%s: accepted as %v", name, c)
		}
	}
	entry := append([]byte{0, byte(len(good))}, good...)
	for name, b := range map[string][]byte{
		"empty list":           nil,
		"one byte":             {0},
		"longer than the rest": entry[:len(entry)-1],
		"empty entry":          append([]byte{0, 0}, entry...),
		"only unknown":         {0, 5, 9, 0x12, 0x34, 1, 2},
		"malformed entry":      append([]byte{0, 3, 1, 0, 0x20}, entry...),
		"too many":             bytes.Repeat(entry, MaxKeyConfigs+1),
	} {
		if c, err := ParseKeyConfigs(b); err == nil {
			t.Errorf("%s: accepted as %v", name, c)
		}
	}
}

func TestKeyIsRedacted(t *testing.T) {
	key, err := GenerateKey(1, X25519)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := key.key.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		fmt.Fprintf(&out, verb+" ", key)
		fmt.Fprintf(&out, verb+" ", struct{ K *PrivateKey }{key})
	}
	slog.New(slog.NewTextHandler(&out, nil)).Info("", "key", key)
	slog.New(slog.NewJSONHandler(&out, nil)).Info("", "key", struct{ K *PrivateKey }{key})
	b, err := json.Marshal(key)
	if err != nil {
		t.Fatal(err)
	}
	out.Write(b)
	for _, leak := range []string{fmt.Sprintf("%x", raw), fmt.Sprintf("%v", raw), string(raw), fmt.Sprintf("%d", raw[:8])} {
		if strings.Contains(out.String(), leak) {
			t.Fatalf("a private key was printed: %s", out.String())
		}
	}
	if n := strings.Count(out.String(), redacted); n < 10 {
		t.Errorf("REDACTED %d times in %s", n, out.String())
	}
}

func TestRecipientRefusals(t *testing.T) {
	key, err := GenerateKey(1, X25519)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := NewRecipient(Config{}); err == nil {
		t.Error("a recipient without keys")
	}
	if _, err := NewRecipient(Config{}, key, key); err == nil {
		t.Error("two keys under one key id")
	}
	if _, err := NewRecipient(Config{MaxRequestBytes: -1}, key); err == nil {
		t.Error("a negative limit")
	}
	if _, err := GenerateKey(1, KEM(0x0010)); err == nil {
		t.Error("a key for an unsupported KEM")
	}
}
