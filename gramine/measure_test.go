package gramine

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"strings"
	"testing"
)

// TestRecords holds the hashes of a tiny enclave against sums that were computed from the SDM by hand, outside Go: an
// ECREATE of two pages with an SSA frame of one, an EADD of a readable and writable page at 0x1000, and an EEXTEND of the
// bytes 0 to 255.
func TestRecords(t *testing.T) {
	m := ecreate(1, 0x2000)
	var chunk [chunkSize]byte
	for i := range chunk {
		chunk[i] = byte(i)
	}
	for _, step := range []struct {
		name string
		do   func()
		want string
	}{
		{"ECREATE", func() {}, "9e197c8837c6d65632dbdd59cd7df4f1a25b68d8e4e5eb6ca3b20b05311fecb8"},
		{"EADD", func() { m.eadd(0x1000, pageRead|pageWrite|pageRegular) }, "a4d9ffd8adc9e5a9bdfc17631ff472ff8e5424ef244654d1c802c41d877d7682"},
		{"EEXTEND", func() { m.eextend(0x1000, chunk[:]) }, "b93aa236078a961d7cc6d334c1250ddbfab8aca4ea33da4ed9309ab860ac1cc1"},
	} {
		step.do()
		if got := m.sum().String(); got != step.want {
			t.Errorf("%s: got %s, want %s", step.name, got, step.want)
		}
	}
}

func libpal(t testing.TB) *Libpal {
	t.Helper()
	l, err := ParseLibpal(fakeLibpal().bytes(t))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func measure(t testing.TB, text string, a Attributes) *Enclave {
	t.Helper()
	e, err := Measure(t.Context(), []byte(text), a, libpal(t), nil)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

var small = Attributes{EnclaveSize: 32 << 20, MaxThreads: 4}

// TestLayout: no gap and no overlap from the enclave's end to its heap, stacks and frames where threads look for them.
func TestLayout(t *testing.T) {
	l := libpal(t)
	text := []byte(strings.Repeat("m", 5000))
	areas, err := layout(text, small, l)
	if err != nil {
		t.Fatal(err)
	}
	covered := map[uint64]string{}
	byName := map[string][]Area{}
	for _, area := range areas {
		byName[area.Name] = append(byName[area.Name], area)
		if area.Address%pageSize != 0 || area.Size%pageSize != 0 || area.Size == 0 {
			t.Errorf("%s: %#x, %#x", area.Name, area.Address, area.Size)
		}
		for at := area.Address; at < area.Address+area.Size; at += pageSize {
			if other, twice := covered[at]; twice {
				t.Fatalf("%#x is in %s and in %s", at, other, area.Name)
			}
			covered[at] = area.Name
		}
		if area.Measured == (area.Name == "heap") {
			t.Errorf("%s: measured %v", area.Name, area.Measured)
		}
	}
	// One page of libpal lies between its segments.
	if want := (small.EnclaveSize-heapMin)/pageSize - 1; uint64(len(covered)) != want {
		t.Errorf("got %d pages, want %d", len(covered), want)
	}
	if len(byName["stack"]) != 4 || len(byName["signal stack"]) != 4 || byName["manifest"][0].Size != 2*pageSize {
		t.Errorf("got %v", byName)
	}
	page := func(area Area, n uint64) []byte {
		var content [pageSize]byte
		area.fill(n, &content)
		return content[:]
	}
	u64 := func(b []byte, at int) uint64 { return binary.LittleEndian.Uint64(b[at:]) }
	ssa, tcs, tls := byName["ssa"][0], byName["tcs"][0], byName["tls"][0]
	base := byName["libpal"][0].Address
	for thread := range small.MaxThreads {
		control, local := page(tcs, thread), page(tls, thread)
		frames := ssa.Address + thread*0x8000
		for what, pair := range map[string][2]uint64{
			"OSSA":           {u64(control, 0x10), frames},
			"NSSA and CSSA":  {u64(control, 0x18), 2 << 32},
			"OENTRY":         {u64(control, 0x20), base + 0x1234},
			"OFSBASE":        {u64(control, 0x30), 0},
			"OGSBASE":        {u64(control, 0x38), tls.Address + thread*pageSize},
			"limits":         {u64(control, 0x40), 0xfff_0000_0fff},
			"self":           {u64(local, 0), tls.Address + thread*pageSize},
			"canary":         {u64(local, 8), 0xbadbadbadbad},
			"size":           {u64(local, 0x110), small.EnclaveSize},
			"tcs":            {u64(local, 0x118), tcs.Address + thread*pageSize},
			"stack":          {u64(local, 0x120), byName["stack"][thread].Address + stackSize},
			"signal low":     {u64(local, 0x130), byName["signal stack"][thread].Address},
			"signal high":    {u64(local, 0x138), byName["signal stack"][thread].Address + signalStack},
			"ssa":            {u64(local, 0x148), frames},
			"registers":      {u64(local, 0x150), frames + 0x4000 - 184},
			"manifest":       {u64(local, 0x1a0), 5001},
			"heap's start":   {u64(local, 0x1a8), 0x10000},
			"heap's end":     {u64(local, 0x1b0), base},
			"heap, in pages": {byName["heap"][0].Size, base - 0x10000},
		} {
			if pair[0] != pair[1] {
				t.Errorf("thread %d: %s: got %#x, want %#x", thread, what, pair[0], pair[1])
			}
		}
	}
	last := page(byName["manifest"][0], 1)
	if string(last[:5000-pageSize]) != string(text[pageSize:]) || !bytes.Equal(last[5000-pageSize:], make([]byte, 2*pageSize-5000)) {
		t.Error("the manifest's last page is not its end and zeros")
	}
}

// TestMeasureDependsOnAll: everything that goes in makes a difference.
func TestMeasureDependsOnAll(t *testing.T) {
	seen := map[Digest]string{}
	add := func(name string, e *Enclave, err error) {
		t.Helper()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if other, twice := seen[e.MRENCLAVE]; twice {
			t.Errorf("%s and %s measure the same", name, other)
		}
		seen[e.MRENCLAVE] = name
	}
	with := func(name, text string, a Attributes, change func(f *elfFile, raw []byte)) {
		t.Helper()
		f := fakeLibpal()
		change(&f, nil)
		raw := f.bytes(t)
		change(&f, raw)
		l, err := ParseLibpal(raw)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		e, err := Measure(t.Context(), []byte(text), a, l, nil)
		add(name, e, err)
	}
	same := func(*elfFile, []byte) {}
	with("base", "text", small, same)
	with("one byte of the manifest", "tex7", small, same)
	with("a longer manifest", "text ", small, same)
	with("size", "text", Attributes{64 << 20, 4, false}, same)
	with("threads", "text", Attributes{32 << 20, 5, false}, same)
	with("EDMM", "text", Attributes{32 << 20, 4, true}, same)
	with("a byte of code", "text", small, func(_ *elfFile, raw []byte) {
		if raw != nil {
			raw[0x2000] ^= 1
		}
	})
	with("a byte of data", "text", small, func(_ *elfFile, raw []byte) {
		if raw != nil {
			raw[0x4000] ^= 1
		}
	})
	with("entry point", "text", small, func(f *elfFile, _ []byte) { f.entry++ })
	with("rights of a segment", "text", small, func(f *elfFile, _ []byte) { f.segments[1].flags = 4 })
	with("memory of a segment", "text", small, func(f *elfFile, _ []byte) { f.segments[1].memSize += pageSize })

	// What no segment has is not loaded and not measured.
	raw := fakeLibpal().bytes(t)
	raw[0x3000] ^= 1
	l, err := ParseLibpal(raw)
	if err != nil {
		t.Fatal(err)
	}
	if e, err := Measure(t.Context(), []byte("text"), small, l, nil); err != nil || seen[e.MRENCLAVE] != "base" {
		t.Errorf("a byte that is not loaded makes a difference: %v", err)
	}
}

func TestMeasureRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		a    Attributes
		want string
	}{
		"no size":       {Attributes{0, 4, false}, "power of two"},
		"odd size":      {Attributes{48 << 20, 4, false}, "power of two"},
		"a huge size":   {Attributes{1 << 40, 4, false}, "power of two"},
		"no threads":    {Attributes{32 << 20, 0, false}, "expected 1 to 4096, got 0"},
		"many threads":  {Attributes{32 << 20, 4097, false}, "expected 1 to 4096, got 4097"},
		"no room":       {Attributes{1 << 20, 4, false}, "expected room for stacks"},
		"hardly a page": {Attributes{pageSize, 1, false}, "expected room for manifest"},
	} {
		if _, err := Measure(t.Context(), nil, c.a, libpal(t), nil); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", name, err, c.want)
		}
	}
}

func TestMeasureStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	var told []uint64
	_, err := Measure(ctx, nil, Attributes{1 << 30, 1, false}, libpal(t), func(done, total uint64) {
		told = append(told, done)
		cancel()
	})
	if !errors.Is(err, context.Canceled) || len(told) != 1 {
		t.Errorf("got %v after %v pages", err, told)
	}
	var done, total uint64
	if _, err := Measure(t.Context(), nil, small, libpal(t), func(d, all uint64) { done, total = d, all }); err != nil || done != total || done == 0 {
		t.Errorf("got %d of %d, %v", done, total, err)
	}
}

func BenchmarkMeasure(b *testing.B) {
	l := libpal(b)
	for name, a := range map[string]Attributes{"EDMM": {16 << 30, 64, true}, "heap": {16 << 30, 64, false}} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := Measure(b.Context(), nil, a, l, nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
