package protocol

import (
	"encoding/json"
	"errors"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

var two96 = new(big.Int).Lsh(big.NewInt(1), 96)

// drawBig draws 0 <= n < 2^96, the edges of both halves of an Amount often.
func drawBig(t *rapid.T, label string) *big.Int {
	edge := rapid.SampledFrom([]uint64{0, 1, 1<<32 - 1, 1 << 63, 1<<64 - 1})
	any64 := rapid.OneOf(rapid.Uint64(), edge)
	n := new(big.Int).SetUint64(any64.Draw(t, label+" high") & (1<<32 - 1))
	return n.Lsh(n, 64).Or(n, new(big.Int).SetUint64(any64.Draw(t, label+" low")))
}

func TestAmountAgainstBig(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, y := drawBig(t, "x"), drawBig(t, "y")
		a, errA := AmountFromBig(x)
		b, errB := AmountFromBig(y)
		if errA != nil || errB != nil {
			t.Fatal(errA, errB)
		}
		if a.Big().Cmp(x) != 0 {
			t.Fatalf("Big of %v is %v", x, a.Big())
		}
		if a.Cmp(b) != x.Cmp(y) || (a == b) != (x.Cmp(y) == 0) || a.IsZero() != (x.Sign() == 0) {
			t.Fatalf("%v against %v: %d", x, y, a.Cmp(b))
		}
		sum, err := a.Add(b)
		if want := new(big.Int).Add(x, y); want.Cmp(two96) >= 0 {
			if !errors.Is(err, ErrAmountRange) {
				t.Fatalf("%v + %v: %v, %v", x, y, sum, err)
			}
		} else if err != nil || sum.Big().Cmp(want) != 0 {
			t.Fatalf("%v + %v = %v, %v", x, y, sum, err)
		}
		diff, err := a.Sub(b)
		if want := new(big.Int).Sub(x, y); want.Sign() < 0 {
			if !errors.Is(err, ErrAmountRange) {
				t.Fatalf("%v - %v: %v, %v", x, y, diff, err)
			}
		} else if err != nil || diff.Big().Cmp(want) != 0 {
			t.Fatalf("%v - %v = %v, %v", x, y, diff, err)
		}
		b12 := a.Bytes12()
		if new(big.Int).SetBytes(b12[:]).Cmp(x) != 0 {
			t.Fatalf("bytes of %v: %x", x, b12)
		}
		if a.String() != x.String() {
			t.Fatalf("%v prints as %s", x, a)
		}
		whole, frac, _ := strings.Cut(a.Tokens(), ".")
		back, ok := new(big.Int).SetString(whole+frac+strings.Repeat("0", TokenDecimals-len(frac)), 10)
		if !ok || back.Cmp(x) != 0 || strings.HasSuffix(frac, "0") {
			t.Fatalf("%v is %s tokens", x, a.Tokens())
		}
		var read Amount
		if raw, err := json.Marshal(a); err != nil || json.Unmarshal(raw, &read) != nil || read != a {
			t.Fatalf("%v through JSON %s: %v, %v", a, raw, read, err)
		}
	})
}

func TestAmountEdges(t *testing.T) {
	if MaxAmount.Big().Cmp(new(big.Int).Sub(two96, big.NewInt(1))) != 0 {
		t.Errorf("MaxAmount is %v", MaxAmount)
	}
	for _, n := range []*big.Int{nil, big.NewInt(-1), two96} {
		if _, err := AmountFromBig(n); !errors.Is(err, ErrAmountRange) {
			t.Errorf("%v: %v", n, err)
		}
	}
	for want, a := range map[string]Amount{
		"0": {}, "1": Tokens(1), "4294967295": Tokens(1<<32 - 1), "0.000000000000000001": Units(1),
		"1.5": mustAmount("1500000000000000000"), "79228162514.264337593543950335": MaxAmount,
	} {
		if a.Tokens() != want {
			t.Errorf("%s base units are %s tokens, want %s", a, a.Tokens(), want)
		}
	}
}

func mustAmount(s string) Amount {
	a, err := ParseAmount(s)
	if err != nil {
		panic(err)
	}
	return a
}

func TestParseAmountRefuses(t *testing.T) {
	for _, s := range []string{"", "-1", "+1", "1.0", "1e3", "0x1", " 1", "1_0", "١", "79228162514264337593543950336", strings.Repeat("0", 30)} {
		if a, err := ParseAmount(s); err == nil {
			t.Errorf("%q read as %v", s, a)
		}
	}
	var a Amount
	if err := json.Unmarshal([]byte("5"), &a); err == nil {
		t.Error("a JSON number was read as an amount: they lose precision in other languages")
	}
}

func FuzzParseAmount(f *testing.F) {
	f.Add("0")
	f.Add("79228162514264337593543950335")
	f.Add("79228162514264337593543950336")
	f.Fuzz(func(t *testing.T, s string) {
		a, err := ParseAmount(s)
		if err != nil {
			return
		}
		if strings.TrimLeft(s, "0") != strings.TrimLeft(a.String(), "0") {
			t.Fatalf("%q read as %s", s, a)
		}
	})
}
