package protocol

import (
	"encoding"
	"fmt"
	"strings"
	"testing"
)

func TestHexTexts(t *testing.T) {
	type text interface {
		encoding.TextMarshaler
		encoding.TextUnmarshaler
	}
	for _, c := range []struct {
		name   string
		size   int
		prefix string
		value  func() text
	}{
		{"address", 20, "0x", func() text { return new(Address) }},
		{"hash", 32, "0x", func() text { return new(Hash) }},
		{"request id", 16, "", func() text { return new(RequestID) }},
		{"blind", 16, "", func() text { return new(Blind) }},
		{"signature", 64, "0x", func() text { return new(Signature) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			digits := strings.Repeat("0f", c.size)
			for _, in := range []string{digits, "0x" + digits, strings.ToUpper(digits)} {
				v := c.value()
				if err := v.UnmarshalText([]byte(in)); err != nil {
					t.Fatal(err)
				}
				if out, err := v.MarshalText(); err != nil || string(out) != c.prefix+digits {
					t.Errorf("%s became %s, %v", in, out, err)
				}
			}
			for _, in := range []string{"", "0x", digits[1:], digits + "0", "0x0x" + digits[2:], digits[2:] + "0g", "0X" + digits[2:]} {
				v := c.value()
				err := v.UnmarshalText([]byte(in))
				if err == nil || !strings.Contains(err.Error(), fmt.Sprintf("%s: want %d hex digits", c.name, 2*c.size)) {
					t.Errorf("%q: error %v", in, err)
				}
				if out, _ := v.MarshalText(); strings.Trim(string(out), "0x") != "" {
					t.Errorf("%q left %s behind", in, out)
				}
			}
		})
	}
}

func TestKeccak256(t *testing.T) {
	// The well-known hash of nothing on EVM chains, and of "abc" in the Keccak team's test vectors.
	for in, want := range map[string]string{
		"":    "0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470",
		"abc": "0x4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45",
	} {
		if got := Keccak256([]byte(in)); got.String() != want {
			t.Errorf("%q: %s, want %s", in, got, want)
		}
		if len(in) > 1 {
			if got := Keccak256([]byte(in[:1]), nil, []byte(in[1:])); got.String() != want {
				t.Errorf("%q in parts: %s", in, got)
			}
		}
	}
}
