package protocol

import (
	"errors"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestCostUp(t *testing.T) {
	price := Offer{InPerM: Units(1_000_000), CachedPerM: Units(500_000), OutPerM: Units(3_000_000), PerRequest: Units(10)}
	for _, c := range []struct {
		o    Offer
		u    Usage
		want Amount
	}{
		{price, Usage{}, Units(10)},
		{price, Usage{In: 1}, Units(11)},
		{price, Usage{Out: 1}, Units(13)},
		{price, Usage{In: 20, Out: 9}, Units(57)},
		{price, Usage{In: 20, Cached: 20}, Units(20)},
		{price, Usage{In: 20, Cached: 1}, Units(30)}, // 19.5 up
		{Offer{InPerM: Units(1)}, Usage{In: 1}, Units(1)},
		{Offer{InPerM: Units(1)}, Usage{In: 1_000_000}, Units(1)},
		{Offer{InPerM: Units(1)}, Usage{In: 1_000_001}, Units(2)},
		{Offer{InPerM: Units(1), OutPerM: Units(1)}, Usage{In: 500_000, Out: 500_000}, Units(1)}, // rounded once
		{Offer{}, Usage{In: 1<<32 - 1, Out: 1<<32 - 1}, Amount{}},
	} {
		if got, err := c.o.CostUp(c.u); err != nil || got != c.want {
			t.Errorf("%+v: %v, %v, want %v", c.u, got, err, c.want)
		}
	}
	if _, err := price.CostUp(Usage{In: 1, Cached: 2}); err == nil {
		t.Error("more cached than there are")
	}
	if _, err := (Offer{OutPerM: MaxAmount}).CostUp(Usage{Out: 1_000_001}); !errors.Is(err, ErrAmountRange) {
		t.Error(err)
	}
}

func TestBillUp(t *testing.T) {
	price := Offer{InPerM: Units(1_000_000), PerRequest: Units(10)}
	for _, c := range []struct {
		u    Usage
		f    Finish
		want Amount
	}{
		{Usage{In: 1}, FinishStop, Units(11)},
		{Usage{}, FinishStop, Units(10)},
		{Usage{In: 1}, FinishLength, Units(11)},
		{Usage{In: 1}, FinishAbort, Units(11)},
		{Usage{}, FinishAbort, Amount{}}, // nothing was generated before the client went away
		{Usage{In: 1, Out: 1}, FinishError, Amount{}},
	} {
		if got, err := price.BillUp(c.u, c.f); err != nil || got != c.want {
			t.Errorf("%+v, %s: %v, %v, want %v", c.u, c.f, got, err, c.want)
		}
	}
}

func TestCostUpAgainstRationals(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		price := func(label string) Amount {
			return mustAmount(new(big.Int).Rsh(drawBig(t, label), 20).String())
		}
		o := Offer{InPerM: price("in"), CachedPerM: price("cached"), OutPerM: price("out"), PerRequest: price("request")}
		u := Usage{In: rapid.Uint32Range(0, 1<<20).Draw(t, "in"), Out: rapid.Uint32Range(0, 1<<20).Draw(t, "out")}
		u.Cached = rapid.Uint32Range(0, u.In).Draw(t, "cached")
		got, err := o.CostUp(u)
		if err != nil {
			t.Fatal(err)
		}
		exact := new(big.Rat)
		for _, part := range []struct {
			n uint32
			p Amount
		}{{u.In - u.Cached, o.InPerM}, {u.Cached, o.CachedPerM}, {u.Out, o.OutPerM}} {
			exact.Add(exact, new(big.Rat).Mul(new(big.Rat).SetInt64(int64(part.n)), new(big.Rat).SetInt(part.p.Big())))
		}
		exact.Quo(exact, big.NewRat(1_000_000, 1)).Add(exact, new(big.Rat).SetInt(o.PerRequest.Big()))
		over := new(big.Rat).Sub(new(big.Rat).SetInt(got.Big()), exact)
		if over.Sign() < 0 || over.Cmp(big.NewRat(1, 1)) >= 0 {
			t.Fatalf("%+v: %v, exactly %v", u, got, exact)
		}
	})
}

func TestMaxCostUp(t *testing.T) {
	o := Offer{InPerM: Units(1_000_000), OutPerM: Units(1_000_000), Context: 8192}
	for _, c := range []struct {
		body int
		out  uint32
		want uint64
	}{
		{0, 0, 2048}, {1, 100, 2148}, {2048, 0, 2048}, {2049, 0, 4096}, {8192, 0, 8192}, {8193, 1, 8193}, {1 << 20, 2048, 8192 + 2048},
	} {
		if got, err := o.MaxCostUp(c.body, c.out); err != nil || got != Units(c.want) {
			t.Errorf("%d bytes, %d tokens: %v, %v, want %d", c.body, c.out, got, err, c.want)
		}
	}
}

func TestSignedKeyConfig(t *testing.T) {
	key, err := KeyFromBytes([]byte(strings.Repeat("k", 32)))
	if err != nil {
		t.Fatal(err)
	}
	d := Domain{ChainID: 1, Escrow: Address{1}}
	make := func(change func(*SignedKeyConfig)) SignedKeyConfig {
		k := SignedKeyConfig{KeyConfig: KeyConfig{Enclave: key.Address(), NotBefore: 100, NotAfter: 200, Epoch: 3}, Config: []byte("config")}
		k.ConfigHash = Keccak256(k.Config)
		k.Signature = key.Sign(d.Digest(k.KeyConfig))
		change(&k)
		return k
	}
	good := make(func(*SignedKeyConfig) {})
	for _, now := range []uint64{100, 150, 200} {
		if err := good.Verify(d, key.Address(), now); err != nil {
			t.Errorf("at %d: %v", now, err)
		}
	}
	for _, c := range []struct {
		k    SignedKeyConfig
		d    Domain
		id   Address
		now  uint64
		want string
	}{
		{good, d, key.Address(), 99, "valid from 100 to 200"},
		{good, d, key.Address(), 201, "valid from 100 to 200"},
		{good, d, Address{9}, 150, "is for identity"},
		{good, Domain{ChainID: 2, Escrow: Address{1}}, key.Address(), 150, "does not verify"},
		{make(func(k *SignedKeyConfig) { k.Config[0]++ }), d, key.Address(), 150, "do not match"},
		{make(func(k *SignedKeyConfig) { k.NotAfter++ }), d, key.Address(), 150, "does not verify"},
		{make(func(k *SignedKeyConfig) { k.Epoch++ }), d, key.Address(), 150, "does not verify"},
		{make(func(k *SignedKeyConfig) { k.Enclave = Address{9} }), d, Address{9}, 150, "does not verify"},
	} {
		if err := c.k.Verify(c.d, c.id, c.now); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("error %v, want %q", err, c.want)
		}
	}
}
