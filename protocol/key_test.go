package protocol

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func drawKey(t *rapid.T) Key {
	raw := rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "key")
	raw[0] &= 0x7f
	raw[31] |= 1
	key, err := KeyFromBytes(raw)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// The secret must not come out by any way of printing, on its own or inside something else.
func TestKeyPrintsRedacted(t *testing.T) {
	secret := bytes.Repeat([]byte{0xa7}, 32)
	key, err := KeyFromBytes(secret)
	if err != nil {
		t.Fatal(err)
	}
	type holder struct {
		Key    Key
		Ptr    *Key
		hidden Key
	}
	var out bytes.Buffer
	text := slog.New(slog.NewTextHandler(&out, nil))
	js := slog.New(slog.NewJSONHandler(&out, nil))
	inside := holder{key, &key, key}
	for _, v := range []any{key, &key, inside, &inside, []Key{key}, map[string]Key{"k": key}} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%o", "%b"} {
			fmt.Fprintf(&out, verb+"\n", v)
		}
		text.Info("m", "v", v)
		js.Info("m", "v", v)
		raw, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		out.Write(raw)
	}
	fmt.Fprintln(&out, fmt.Errorf("with %v", key))
	printed := strings.ToLower(out.String())
	scalar := new(big.Int).SetBytes(secret)
	for _, leak := range []string{hex.EncodeToString(secret[:4]), "a7 a7", "167 167", "167,167", "2812782503", "0xa7", scalar.String(), scalar.Text(8), string(secret[:4])} {
		if strings.Contains(printed, leak) {
			t.Errorf("the secret shows as %q", leak)
		}
	}
	for _, v := range []any{key, &key} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s"} {
			if got := fmt.Sprintf(verb, v); got != redacted {
				t.Errorf("%s of %T prints %q", verb, v, got)
			}
		}
	}
	if !bytes.Equal(key.Bytes(), secret) {
		t.Error("Bytes is not the secret")
	}
}

func TestKeyFromBytesRefuses(t *testing.T) {
	order, _ := hex.DecodeString("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141")
	for _, raw := range [][]byte{nil, make([]byte, 32), order, bytes.Repeat([]byte{0xff}, 32), bytes.Repeat([]byte{1}, 31), bytes.Repeat([]byte{1}, 33)} {
		if _, err := KeyFromBytes(raw); err == nil {
			t.Errorf("%x made a key", raw)
		}
	}
	order[31]--
	if _, err := KeyFromBytes(order); err != nil {
		t.Error(err)
	}
}

func TestGenerateKey(t *testing.T) {
	a, err := GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	b, err := GenerateKey()
	if err != nil || bytes.Equal(a.Bytes(), b.Bytes()) || a.Address().IsZero() {
		t.Error("two keys are the same, or have no address", err)
	}
}

func TestSignRecover(t *testing.T) {
	half, _ := new(big.Int).SetString("7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0", 16)
	rapid.Check(t, func(t *rapid.T) {
		key := drawKey(t)
		digest := Hash(rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "digest"))
		sig := key.Sign(digest)
		if sig != key.Sign(digest) {
			t.Fatal("signing is not deterministic")
		}
		if got, err := sig.Recover(digest); err != nil || got != key.Address() {
			t.Fatalf("recovered %s, %v, want %s", got, err, key.Address())
		}
		if err := sig.Verify(digest, key.Address()); err != nil {
			t.Fatal(err)
		}
		vs := sig.VS()
		s := new(big.Int).SetBytes(append([]byte{vs[0] & 0x7f}, vs[1:]...))
		if s.Cmp(half) > 0 {
			t.Fatal("s is in the upper half")
		}
		// Any flipped bit, of signature or digest.
		bit := rapid.IntRange(0, 8*96-1).Draw(t, "bit")
		if bit < 8*64 {
			sig[bit/8] ^= 1 << (bit % 8)
		} else {
			digest[bit/8-64] ^= 1 << (bit % 8)
		}
		if err := sig.Verify(digest, key.Address()); !errors.Is(err, ErrSignature) {
			t.Fatalf("bit %d flipped: %v", bit, err)
		}
	})
}

func TestSignatureRefuses(t *testing.T) {
	key, _ := KeyFromBytes(bytes.Repeat([]byte{1}, 32))
	digest := Keccak256([]byte("x"))
	good := key.Sign(digest)
	zeroR, zeroS := good, good
	clear(zeroR[:32])
	clear(zeroS[32:])
	for name, s := range map[string]Signature{"zero": {}, "zero r": zeroR, "zero s": zeroS, "all ones": Signature(bytes.Repeat([]byte{0xff}, 64))} {
		if a, err := s.Recover(digest); !errors.Is(err, ErrSignature) {
			t.Errorf("%s: %s, %v", name, a, err)
		}
		if err := s.Verify(digest, Address{}); !errors.Is(err, ErrSignature) {
			t.Errorf("%s verifies for nobody: %v", name, err)
		}
	}
	// s at half the order is the last that is taken: above it the same signature would have a second form.
	half, _ := hex.DecodeString("7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0")
	edge := good
	copy(edge[32:], half)
	if _, err := edge.Recover(digest); err != nil {
		t.Error("s at half the order:", err)
	}
	edge[63]++
	if _, err := edge.Recover(digest); !errors.Is(err, ErrSignature) {
		t.Error("s above half the order:", err)
	}
	if err := good.Verify(digest, Address{1}); !errors.Is(err, ErrSignature) {
		t.Error("verifies for another", err)
	}
}

func FuzzRecover(f *testing.F) {
	key, _ := KeyFromBytes(bytes.Repeat([]byte{1}, 32))
	digest := Keccak256([]byte("x"))
	good := key.Sign(digest)
	f.Add(good[:], digest[:])
	f.Add(make([]byte, 64), digest[:])
	f.Fuzz(func(t *testing.T, sig, digest []byte) {
		if len(sig) != 64 || len(digest) != 32 {
			return
		}
		s, d := Signature(sig), Hash(digest)
		if a, err := s.Recover(d); err == nil && s.Verify(d, a) != nil && !a.IsZero() {
			t.Fatal("recovers and does not verify")
		}
	})
}
