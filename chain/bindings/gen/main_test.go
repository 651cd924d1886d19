package main

import (
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const root = "../../.."

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
