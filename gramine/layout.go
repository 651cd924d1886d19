package gramine

import (
	"context"
	"encoding/binary"
	"fmt"
)

// How Gramine 1.9 lays out an enclave: pal/src/host/linux-sgx/pal_linux_defs.h, and pal_tcb.h and sgx_arch.h for what
// is in the pages.
const (
	heapMin       = 0x10000 // the enclave begins at address 0, its heap here
	ssaFrames     = 2       // of each thread: one for its normal course, one for signals
	ssaFramePages = 4
	ssaFrameSize  = ssaFramePages * pageSize
	stackSize     = 64 * pageSize
	signalStack   = 16 * pageSize
	gprSize       = 184            // of the registers at the end of an SSA frame
	canary        = 0xbadbadbadbad // of the stack protector, until the enclave draws its own
)

// Offsets in a thread control structure (SDM, "Thread Control Structure").
const (
	tcsSSA     = 0x10
	tcsNSSA    = 0x1c
	tcsEntry   = 0x20
	tcsGSBase  = 0x38
	tcsFSLimit = 0x40
	tcsGSLimit = 0x44
)

// Offsets in the page that GS points to in a thread of Gramine's (struct pal_enclave_tcb).
const (
	tcbSelf         = 0x000
	tcbCanary       = 0x008
	tcbEnclaveSize  = 0x110
	tcbTCSOffset    = 0x118
	tcbInitialStack = 0x120
	tcbSignalLow    = 0x130
	tcbSignalHigh   = 0x138
	tcbSSA          = 0x148
	tcbGPR          = 0x150
	tcbManifestSize = 0x1a0
	tcbHeapMin      = 0x1a8
	tcbHeapMax      = 0x1b0
)

// Limits of an enclave. Gramine keeps memory of its own from 1 TiB on.
const (
	MaxThreads     = 4096
	MaxEnclaveSize = 512 << 30
)

// Attributes are what the layout takes from a manifest.
type Attributes struct {
	EnclaveSize uint64 `json:"enclaveSize"` // bytes
	MaxThreads  uint64 `json:"maxThreads"`
	// EDMM says that the heap is added when it is used, not before the enclave starts.
	EDMM bool `json:"edmm"`
}

func (a Attributes) check() error {
	if a.EnclaveSize < pageSize || a.EnclaveSize > MaxEnclaveSize || a.EnclaveSize&(a.EnclaveSize-1) != 0 {
		return fmt.Errorf("sgx.enclave_size: expected a power of two of at most 512G, got %d bytes", a.EnclaveSize)
	}
	if a.MaxThreads < 1 || a.MaxThreads > MaxThreads {
		return fmt.Errorf("sgx.max_threads: expected 1 to %d, got %d", MaxThreads, a.MaxThreads)
	}
	return nil
}

// Area is a range of an enclave's pages.
type Area struct {
	Name     string `json:"name"`
	Address  uint64 `json:"address"`
	Size     uint64 `json:"size"`
	Access   string `json:"access"`   // such as "RW- REG"
	Measured bool   `json:"measured"` // with its content, not only that it is there

	flags pageFlags
	// fill sets a page's content, which is zero before; nil leaves it so.
	fill func(page uint64, content *[pageSize]byte)
}

// Enclave is what Measure found.
type Enclave struct {
	MRENCLAVE Digest `json:"mrenclave"`
	Areas     []Area `json:"areas"` // in the order in which they are measured
}

// Measure computes MRENCLAVE of an enclave that starts with exactly these bytes as its manifest. Progress, which may be
// nil, is told how many pages of all are measured.
func Measure(ctx context.Context, manifest []byte, a Attributes, libpal *Libpal, progress func(done, total uint64)) (*Enclave, error) {
	if err := a.check(); err != nil {
		return nil, err
	}
	areas, err := layout(manifest, a, libpal)
	if err != nil {
		return nil, err
	}
	var total, done uint64
	for _, area := range areas {
		total += area.Size / pageSize
	}
	const step = 1 << 12 // pages, between looks at the clock
	m := ecreate(ssaFramePages, a.EnclaveSize)
	var content [pageSize]byte
	for _, area := range areas {
		if area.fill == nil {
			clear(content[:])
		}
		for n := range area.Size / pageSize {
			offset := area.Address + n*pageSize
			if area.Measured {
				if area.fill != nil {
					clear(content[:])
					area.fill(n, &content)
				}
				m.page(offset, area.flags, &content)
			} else {
				m.eadd(offset, area.flags)
			}
			if done++; done%step == 0 || done == total {
				if err := ctx.Err(); err != nil {
					return nil, err
				}
				if progress != nil {
					progress(done, total)
				}
			}
		}
	}
	return &Enclave{MRENCLAVE: m.sum(), Areas: areas}, nil
}

// layout places the areas from the enclave's end downwards: the manifest, what threads need, and libpal. What is left
// between it and the beginning is heap.
func layout(manifest []byte, a Attributes, libpal *Libpal) ([]Area, error) {
	const readWrite = pageRead | pageWrite | pageRegular
	threads := a.MaxThreads
	sizes := []Area{
		{Name: "manifest", Size: roundUp(uint64(len(manifest)) + 1), flags: pageRead | pageRegular}, // and a zero at its end
		{Name: "ssa", Size: threads * ssaFrames * ssaFrameSize, flags: readWrite},
		{Name: "tcs", Size: threads * pageSize, flags: pageTCS},
		{Name: "tls", Size: threads * pageSize, flags: readWrite},
		{Name: "stacks", Size: threads * stackSize, flags: readWrite},
		{Name: "signal stacks", Size: threads * signalStack, flags: readWrite},
		{Name: "libpal", Size: libpal.size},
	}
	at := a.EnclaveSize
	for i := range sizes {
		if sizes[i].Size > at || at-sizes[i].Size < heapMin {
			return nil, fmt.Errorf("sgx.enclave_size: expected room for %s of %d bytes above %#x, got an enclave of %d bytes: set a larger size or fewer threads",
				sizes[i].Name, sizes[i].Size, heapMin, a.EnclaveSize)
		}
		at -= sizes[i].Size
		sizes[i].Address, sizes[i].Measured = at, true
	}
	text, ssa, tcs, tls, stacks, signals, pal := &sizes[0], &sizes[1], &sizes[2], &sizes[3], &sizes[4], &sizes[5], sizes[6]

	text.fill = func(page uint64, content *[pageSize]byte) {
		if from := page * pageSize; from < uint64(len(manifest)) {
			copy(content[:], manifest[from:])
		}
	}
	put := binary.LittleEndian
	// Threads number their pages upwards, but for the stacks: that of thread 0 is placed first, hence highest.
	frames := func(thread uint64) uint64 { return ssa.Address + thread*ssaFrames*ssaFrameSize }
	tcs.fill = func(thread uint64, content *[pageSize]byte) {
		put.PutUint64(content[tcsSSA:], frames(thread))
		put.PutUint32(content[tcsNSSA:], ssaFrames)
		put.PutUint64(content[tcsEntry:], pal.Address+libpal.entry)
		put.PutUint64(content[tcsGSBase:], tls.Address+thread*pageSize)
		put.PutUint32(content[tcsFSLimit:], pageSize-1)
		put.PutUint32(content[tcsGSLimit:], pageSize-1)
	}
	tls.fill = func(thread uint64, content *[pageSize]byte) {
		signalHigh := signals.Address + signals.Size - thread*signalStack
		for offset, value := range map[int]uint64{
			tcbSelf:         tls.Address + thread*pageSize,
			tcbCanary:       canary,
			tcbEnclaveSize:  a.EnclaveSize,
			tcbTCSOffset:    tcs.Address + thread*pageSize,
			tcbInitialStack: stacks.Address + stacks.Size - thread*stackSize,
			tcbSignalLow:    signalHigh - signalStack,
			tcbSignalHigh:   signalHigh,
			tcbSSA:          frames(thread),
			tcbGPR:          frames(thread) + ssaFrameSize - gprSize,
			tcbManifestSize: uint64(len(manifest)) + 1,
			tcbHeapMin:      heapMin,
			tcbHeapMax:      pal.Address,
		} {
			put.PutUint64(content[offset:], value)
		}
	}
	areas := append([]Area{*text, *ssa, *tcs, *tls}, perThread("stack", *stacks, stackSize)...)
	areas = append(areas, perThread("signal stack", *signals, signalStack)...)
	for i := range libpal.segments {
		s := &libpal.segments[i]
		areas = append(areas, Area{
			Name: "libpal", Address: pal.Address + roundDown(s.addr), Size: s.pages() * pageSize, Measured: true, flags: s.flags, fill: s.page,
		})
	}
	if !a.EDMM && at > heapMin {
		areas = append(areas, Area{Name: "heap", Address: heapMin, Size: at - heapMin, flags: readWrite | pageExecute})
	}
	for i := range areas {
		areas[i].Access = areas[i].flags.String()
	}
	return areas, nil
}

// perThread cuts an area into one for each thread, from its end downwards.
func perThread(name string, all Area, size uint64) []Area {
	var areas []Area
	for at := all.Address + all.Size; at > all.Address; at -= size {
		areas = append(areas, Area{Name: name, Address: at - size, Size: size, Measured: true, flags: all.flags})
	}
	return areas
}
