package wallet

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log/slog"
	"reflect"
	"strings"
	"testing"

	"github.com/phallama/phallama/protocol"
)

func testAPIKey(t testing.TB, models ...string) APIKey {
	t.Helper()
	secret, err := protocol.KeyFromBytes(append(make([]byte, 31), 1))
	if err != nil {
		t.Fatal(err)
	}
	return APIKey{Domain: protocol.Domain{ChainID: 1337008, Escrow: protocol.Address{0xe5}}, Owner: protocol.Address{0x0a}, Key: secret, Models: models}
}

func TestAPIKey(t *testing.T) {
	for _, models := range [][]string{nil, {"wisp:latest"}, {"wisp", "hf.co/x/y:q8_0"}} {
		k := testAPIKey(t, models...)
		text := k.Reveal()
		if !strings.HasPrefix(text, "phk_") || strings.ToLower(text) != text || len(text) > MaxAPIKey {
			t.Errorf("text of %d characters", len(text))
		}
		back, err := ParseAPIKey([]byte("  " + text + "\n"))
		if err != nil || back.Domain != k.Domain || back.Owner != k.Owner || back.Key.Address() != k.Key.Address() || !reflect.DeepEqual(back.Models, k.Models) {
			t.Errorf("models %v: %v", models, err)
		}
		// Every wrong character is found out.
		for i := range text {
			for _, c := range []byte{'a', '2', 'Z', ' '} {
				if wrong := text[:i] + string(c) + text[i+1:]; wrong != text && strings.TrimSpace(wrong) == wrong {
					if _, err := ParseAPIKey([]byte(wrong)); err == nil {
						t.Fatalf("character %d as %q was taken", i, c)
					}
				}
			}
			if _, err := ParseAPIKey([]byte(text[:i])); err == nil {
				t.Fatalf("the first %d characters were taken", i)
			}
		}
	}
	// The form of version 1 is fixed.
	if got, want := testAPIKey(t).Reveal(), "phk_aeaaaaaaaakgnmhfaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaakaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaemgreft"; got != want {
		t.Errorf("text %s", got)
	}
}

func TestAPIKeyRefused(t *testing.T) {
	version2 := func() string {
		b, err := keyEncoding.DecodeString(testAPIKey(t).Reveal()[len(keyPrefix):])
		if err != nil {
			t.Fatal(err)
		}
		b = b[:len(b)-keyChecksum]
		b[0] = 2
		return keyPrefix + keyEncoding.EncodeToString(append(b, checksum(b)...))
	}()
	for name, c := range map[string]struct{ text, want string }{
		"empty":        {"", "begins with phk_"},
		"of another":   {"sk-" + strings.Repeat("a", 48), "begins with phk_"},
		"too long":     {keyPrefix + strings.Repeat("a", MaxAPIKey), "at most"},
		"a version up": {version2, "version 1"},
		"bad model":    {testAPIKey(t, "a b").Reveal(), "models"},
		"no name":      {testAPIKey(t, "a", "").Reveal(), "models"},
		"many models":  {testAPIKey(t, strings.Split(strings.Repeat("a,", MaxKeyModels)+"a", ",")...).Reveal(), "at most"},
	} {
		if _, err := ParseAPIKey([]byte(c.text)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: want an error about %q, got %v", name, c.want, err)
		}
	}
}

func TestAPIKeyPrintsRedacted(t *testing.T) {
	k := testAPIKey(t)
	var b strings.Builder
	slog.New(slog.NewTextHandler(&b, nil)).Info("x", "key", k)
	printed := b.String() + fmt.Sprintf("%v %s %q %#v %+v %+v", k, k, k, k, struct{ K APIKey }{k}, struct{ k *APIKey }{&k})
	raw, err := json.Marshal(map[string]any{"key": k})
	if err != nil {
		t.Fatal(err)
	}
	printed += string(raw)
	if strings.Contains(printed, hex.EncodeToString(k.Key.Bytes())) || strings.Contains(printed, k.Reveal()[:20]) || !strings.Contains(printed, "REDACTED") {
		t.Fatalf("printed: %s", printed)
	}
}

func FuzzParseAPIKey(f *testing.F) {
	f.Add([]byte(testAPIKey(f).Reveal()))
	f.Add([]byte(testAPIKey(f, "wisp", "llama3.2:1b").Reveal()))
	f.Add([]byte("phk_"))
	f.Fuzz(func(t *testing.T, text []byte) {
		k, err := ParseAPIKey(text)
		if err == nil && k.Reveal() != strings.TrimSpace(string(text)) {
			t.Fatal("a key has two texts")
		}
	})
}
