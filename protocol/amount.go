package protocol

import (
	"errors"
	"fmt"
	"math/big"
	"math/bits"
)

// TokenDecimals is the number of decimals of the token: 10^18 base units are one token.
const TokenDecimals = 18

// Amount is a sum of money in base units of the token, 0 <= a < 2^96: the uint96 of the contracts. The zero value is
// no money. Amounts are values; they compare with ==.
type Amount struct {
	hi uint32
	lo uint64
}

// MaxAmount is 2^96 - 1 base units.
var MaxAmount = Amount{hi: 1<<32 - 1, lo: 1<<64 - 1}

// ErrAmountRange says that a sum does not fit: below zero or above MaxAmount.
var ErrAmountRange = errors.New("amount outside 0 … 2^96-1 base units")

// Units is n base units.
func Units(n uint64) Amount { return Amount{lo: n} }

// Tokens is n whole tokens.
func Tokens(n uint32) Amount {
	hi, lo := bits.Mul64(uint64(n), 1e18)
	return Amount{hi: uint32(hi), lo: lo}
}

// AmountFromBig converts an unsigned integer that fits 96 bits.
func AmountFromBig(n *big.Int) (Amount, error) {
	if n == nil || n.Sign() < 0 || n.BitLen() > 96 {
		return Amount{}, fmt.Errorf("%w: got %v", ErrAmountRange, n)
	}
	return Amount{hi: uint32(new(big.Int).Rsh(n, 64).Uint64()), lo: new(big.Int).And(n, new(big.Int).SetUint64(1<<64-1)).Uint64()}, nil
}

// ParseAmount reads a decimal integer of base units.
func ParseAmount(s string) (Amount, error) {
	if s == "" || len(s) > 29 {
		return Amount{}, fmt.Errorf("amount: want a decimal integer of base units of at most 29 digits, got %d characters", len(s))
	}
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return Amount{}, fmt.Errorf("amount: want a decimal integer of base units, got %q", s)
		}
	}
	n, _ := new(big.Int).SetString(s, 10)
	return AmountFromBig(n)
}

// Big is a fresh big.Int of the same value.
func (a Amount) Big() *big.Int {
	n := new(big.Int).SetUint64(uint64(a.hi))
	return n.Lsh(n, 64).Or(n, new(big.Int).SetUint64(a.lo))
}

// Cmp is -1, 0 or +1 as a is less than, equal to or greater than b.
func (a Amount) Cmp(b Amount) int {
	switch {
	case a == b:
		return 0
	case a.hi < b.hi || a.hi == b.hi && a.lo < b.lo:
		return -1
	}
	return 1
}

func (a Amount) IsZero() bool { return a == Amount{} }

// Add is a + b, or ErrAmountRange.
func (a Amount) Add(b Amount) (Amount, error) {
	lo, carry := bits.Add64(a.lo, b.lo, 0)
	hi := uint64(a.hi) + uint64(b.hi) + carry
	if hi > 1<<32-1 {
		return Amount{}, ErrAmountRange
	}
	return Amount{hi: uint32(hi), lo: lo}, nil
}

// Sub is a - b, or ErrAmountRange when b is more than a.
func (a Amount) Sub(b Amount) (Amount, error) {
	if a.Cmp(b) < 0 {
		return Amount{}, ErrAmountRange
	}
	lo, borrow := bits.Sub64(a.lo, b.lo, 0)
	return Amount{hi: a.hi - b.hi - uint32(borrow), lo: lo}, nil
}

// AddCapped is a+b, or MaxAmount where that does not fit: for sums that are held against a cap, which that one passes, or
// shown.
func (a Amount) AddCapped(b Amount) Amount {
	sum, err := a.Add(b)
	if err != nil {
		return MaxAmount
	}
	return sum
}

// SubDown is a - b, and nothing where b is more.
func (a Amount) SubDown(b Amount) Amount {
	d, err := a.Sub(b)
	if err != nil {
		return Amount{}
	}
	return d
}

// MinAmount is the lesser of two amounts.
func MinAmount(a, b Amount) Amount {
	if a.Cmp(b) > 0 {
		return b
	}
	return a
}

// MaxAmountOf is the greater of two amounts.
func MaxAmountOf(a, b Amount) Amount {
	if a.Cmp(b) < 0 {
		return b
	}
	return a
}

// Bytes12 is the big-endian uint96 of settlement rows.
func (a Amount) Bytes12() [12]byte {
	w := a.word()
	return [12]byte(w[20:])
}

func (a Amount) word() [32]byte {
	var w [32]byte
	a.Big().FillBytes(w[:])
	return w
}

// String is the decimal integer of base units, the form of JSON and of headers.
func (a Amount) String() string { return a.Big().String() }

// Tokens is for people: whole tokens with up to 18 decimals and no trailing zeros, exact.
func (a Amount) Tokens() string {
	digits := fmt.Sprintf("%019s", a.Big().String())
	whole, frac := digits[:len(digits)-TokenDecimals], digits[len(digits)-TokenDecimals:]
	for len(frac) > 0 && frac[len(frac)-1] == '0' {
		frac = frac[:len(frac)-1]
	}
	if frac == "" {
		return whole
	}
	return whole + "." + frac
}

func (a Amount) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

func (a *Amount) UnmarshalText(text []byte) error {
	parsed, err := ParseAmount(string(text))
	if err != nil {
		return err
	}
	*a = parsed
	return nil
}
