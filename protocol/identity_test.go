package protocol

import (
	"bytes"
	"encoding/hex"
	"testing"
)

func addressOfBytes(b byte) Address { return Address(bytes.Repeat([]byte{b}, 20)) }

// The value was computed by another program from ReportData's description.
func TestReportDataVector(t *testing.T) {
	p := PodIdentity{
		ChainID: 2035, Registry: addressOfBytes(1), Escrow: addressOfBytes(2), Pod: addressOfBytes(3),
		Operator: addressOfBytes(4), Enclave: addressOfBytes(5),
	}
	block := Hash(bytes.Repeat([]byte{6}, 32))
	got := p.ReportData(block)
	const want = "d74cbb3b354a3bea468801cbdb576c05bdb199016b7c45e75942b3ecec371a62" + "0606060606060606060606060606060606060606060606060606060606060606"
	if hex.EncodeToString(got[:]) != want {
		t.Errorf("%x, want %s", got, want)
	}
	for name, change := range map[string]func(*PodIdentity){
		"chain":    func(p *PodIdentity) { p.ChainID++ },
		"registry": func(p *PodIdentity) { p.Registry[19]++ },
		"escrow":   func(p *PodIdentity) { p.Escrow[19]++ },
		"pod":      func(p *PodIdentity) { p.Pod[19]++ },
		"operator": func(p *PodIdentity) { p.Operator[19]++ },
		"enclave":  func(p *PodIdentity) { p.Enclave[19]++ },
	} {
		other := p
		change(&other)
		if other.ReportData(block) == got {
			t.Errorf("another %s gives the same report data", name)
		}
	}
}

func TestFreeNonce(t *testing.T) {
	var w [12]byte
	w[11] = 0b0000_0111 // 100, 101, 102 are used
	w[10] = 0b0000_0001 // 108 is used
	a := Account{NonceBase: 100, NonceWindow: w}
	for from, want := range map[uint64]uint64{0: 103, 100: 103, 103: 103, 104: 104, 108: 109, 195: 195, 196: 196, 500: 500} {
		if got := a.FreeNonce(from); got != want {
			t.Errorf("from %d: %d, want %d", from, got, want)
		}
	}
	full := Account{NonceBase: 100, NonceWindow: [12]byte(bytes.Repeat([]byte{0xff}, 12))}
	if got := full.FreeNonce(0); got != 196 {
		t.Errorf("with a full window: %d, want 196", got)
	}
}

func TestProblemIsAnError(t *testing.T) {
	p := &Problem{Title: "The session is too small", Detail: "top it up"}
	if p.Error() != "The session is too small: top it up" {
		t.Error(p.Error())
	}
	p.Detail = ""
	if p.Error() != "The session is too small" {
		t.Error(p.Error())
	}
}
