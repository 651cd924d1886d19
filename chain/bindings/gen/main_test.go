package main

import (
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/phallama/phallama/chain/bindings/escrow"
)

const root = "../../.."

func TestUnpackErrorTakesAnyBytes(t *testing.T) {
	unpack := escrow.NewEscrow().UnpackError
	for _, raw := range [][]byte{nil, {}, {1, 2, 3}, {1, 2, 3, 4}, escrow.EscrowBadRowsErrorID().Bytes()[:4]} {
		if got, err := unpack(raw); err == nil {
			t.Errorf("UnpackError(%x) = %v, want an error", raw, got)
		}
	}
	raw := append(escrow.EscrowBadRowsErrorID().Bytes()[:4], make([]byte, 32)...)
	raw[35] = 7
	got, err := unpack(raw)
	if err != nil {
		t.Fatal(err)
	}
	if e, ok := got.(*escrow.EscrowBadRows); !ok || e.Length.Int64() != 7 {
		t.Errorf("UnpackError(%x) = %#v, want BadRows of length 7", raw, got)
	}
}

func TestBindingsAreFresh(t *testing.T) {
	for _, b := range bindings {
		t.Run(b.pkg, func(t *testing.T) {
			want, err := generate(root, b)
			if err != nil {
				t.Fatal(err)
			}
			got, err := os.ReadFile(target(root, b))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, string(got)); diff != "" {
				t.Errorf("the committed binding is stale: run \"go run ./chain/bindings/gen\" and commit it (-want +got):\n%s", diff)
			}
		})
	}
}

func TestGenerateRefusesAnotherContract(t *testing.T) {
	if _, err := generate(t.TempDir(), bindings[0]); err == nil {
		t.Error("generate without an artifact succeeded")
	}
	dir := t.TempDir()
	if err := os.MkdirAll(dir+"/contracts/artifacts", 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(dir+"/contracts/artifacts/Escrow.json", []byte(`{"contractName":"Other","abi":[],"bytecode":"0x"}`), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := generate(dir, bindings[0]); err == nil {
		t.Error("generate from another contract's artifact succeeded")
	}
}
