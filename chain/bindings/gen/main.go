// Command gen writes the Go bindings of the contracts from their committed artifacts. Run it in the repository's root
// after contracts/artifacts has changed:
//
//	go run ./chain/bindings/gen
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/ethereum/go-ethereum/accounts/abi/abigen"
)

// binding is one generated package.
type binding struct {
	contract string // name in Solidity and of the Go type
	pkg      string // Go package
	doc      string // package comment
}

var bindings = []binding{
	{"Escrow", "escrow", "holds the generated binding of contracts/src/Escrow.sol: the users' balances and how pods are paid from them."},
	{"PodRegistry", "podregistry", "holds the generated binding of contracts/src/PodRegistry.sol: the list of pods."},
	{"SgxQuoteVerifier", "sgxquoteverifier", "holds the generated binding of contracts/src/SgxQuoteVerifier.sol: quotes, platforms, and governance's rules for both."},
	{"TimelockController", "timelock", "holds the generated binding of OpenZeppelin's TimelockController: what governance adds waits in it."},
	{"DevToken", "devtoken", "holds the generated binding of contracts/src/DevToken.sol, which stands for PHA on devnets only."},
}

// artifact is what contracts/scripts/artifacts.mjs writes.
type artifact struct {
	ContractName string          `json:"contractName"`
	ABI          json.RawMessage `json:"abi"`
	Bytecode     string          `json:"bytecode"`
}

func main() {
	if err := run("."); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(root string) error {
	for _, b := range bindings {
		code, err := generate(root, b)
		if err != nil {
			return err
		}
		file := target(root, b)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(file, []byte(code), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// target is the file that holds the binding.
func target(root string, b binding) string {
	return filepath.Join(root, "chain", "bindings", b.pkg, b.pkg+".go")
}

// generate returns the binding's source.
func generate(root string, b binding) (string, error) {
	file := filepath.Join(root, "contracts", "artifacts", b.contract+".json")
	raw, err := os.ReadFile(file)
	if err != nil {
		return "", fmt.Errorf("%w (run in the repository's root; \"npm run artifacts\" in contracts/ writes the file)", err)
	}
	var a artifact
	if err := json.Unmarshal(raw, &a); err != nil {
		return "", fmt.Errorf("%s: %w", file, err)
	}
	if a.ContractName != b.contract {
		return "", fmt.Errorf("%s: holds contract %q, want %q", file, a.ContractName, b.contract)
	}
	code, err := abigen.BindV2([]string{b.contract}, []string{string(a.ABI)}, []string{a.Bytecode}, b.pkg, nil, nil)
	if err != nil {
		return "", fmt.Errorf("%s: %w", file, err)
	}
	for _, e := range edits(b) {
		if strings.Count(code, e.old) != 1 {
			return "", fmt.Errorf("abigen's output for %s does not hold %q once", b.contract, e.old)
		}
		code = strings.Replace(code, e.old, e.new, 1)
	}
	return code, nil
}

type edit struct{ old, new string }

// edits mend what abigen writes: packages without a comment, and UnpackError, which panics on revert data of less than
// four bytes. Such data comes from an RPC server that nobody has to trust.
func edits(b binding) []edit {
	const unpack = "UnpackError(raw []byte) (any, error) {\n"
	return []edit{
		{"\npackage " + b.pkg + "\n", "\n// Package " + b.pkg + " " + b.doc + "\npackage " + b.pkg + "\n"},
		{unpack, unpack + "\tif len(raw) < 4 {\n\t\treturn nil, errors.New(\"revert data is shorter than an error's selector\")\n\t}\n"},
		{`errors.New("Unknown error")`, `errors.New("unknown error")`},
	}
}
