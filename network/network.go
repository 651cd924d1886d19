// Package network holds profiles: which chain a network lives on, where it is reached, which contracts carry it, and
// which enclaves it accepts. A profile is one JSON file:
//
//	{
//	  "name": "phala",                             lower-case letters, digits and dashes, at most 32
//	  "chainId": 2035,                             refused at dial if the chain behind rpc says otherwise
//	  "rpc": ["https://rpc.phala.network/"],       JSON-RPC, tried in this order; http, https, ws or wss
//	  "token": "0x…",                              the ERC-20 that balances are held in
//	  "escrow": "0x…",                             empty until deployed
//	  "registry": "0x…",                           empty until deployed
//	  "policy": {"version": 1, …},                 which enclaves are wanted; package attest reads it
//	  "collateral": ["intel"],                     where to ask for Intel's collateral when the pod itself serves none:
//	                                               "intel", or a PCCS's URL; tried in this order; may be empty
//	  "endorsements": [{…}],                       who vouches for which machine; phallama endorse writes one
//	  "simulated": "MIIB…"                         base64 of a DER certificate, see Profile.Simulated; devnets only
//	}
//
// Unknown fields are errors: a misspelt one would otherwise be a setting that silently does nothing.
package network

import (
	"bytes"
	"crypto/x509"
	"embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"regexp"
	"strings"

	"github.com/phallama/phallama/durable"
)

// Limits of a profile.
const (
	MaxFileSize = 512 << 10 // bytes
	MaxRPC      = 16        // URLs
	MaxPCCS     = 8         // places to ask for collateral
	maxURL      = 2048      // bytes
)

// ErrNotDeployed says that a profile has no contract addresses yet.
var ErrNotDeployed = errors.New("the contracts of this network are not deployed yet")

// Profile is one network. Addresses are 0x and 40 hex digits, or empty.
type Profile struct {
	Name     string   `json:"name"`
	ChainID  uint64   `json:"chainId"`
	RPC      []string `json:"rpc"`
	Token    string   `json:"token"`
	Escrow   string   `json:"escrow"`
	Registry string   `json:"registry"`

	// Policy is the JSON of attest.Policy, the minimum tier included. Without one, no enclave is accepted.
	Policy json.RawMessage `json:"policy,omitempty"`

	// Collateral are the places to ask for Intel's collateral where a pod serves none that is good: CollateralIntel, or the
	// URL of a provisioning certificate caching service (PCCS).
	Collateral []string `json:"collateral,omitempty"`

	// Endorsements are signed statements about machines (protocol.SignedEndorsement), besides those that pods serve
	// themselves. Whose word counts is for the policy to say.
	Endorsements []json.RawMessage `json:"endorsements,omitempty"`

	// Simulated is the DER certificate of a simulated attestation root, whose evidence proves nothing about any
	// hardware. It is allowed on development chains only.
	Simulated []byte `json:"simulated,omitempty"`
}

// CollateralIntel stands for Intel's own Provisioning Certification Service.
const CollateralIntel = "intel"

// devChains are the chain ids on which nothing has a value: those of the usual development chains and of our devnet.
var devChains = map[uint64]bool{1337: true, 31337: true, 1337008: true}

// IsDev reports whether a chain id is that of a development chain.
func IsDev(chainID uint64) bool { return devChains[chainID] }

//go:embed profiles/*.json
var shipped embed.FS

// Shipped is the profile of that name that comes with the program.
func Shipped(name string) (Profile, error) {
	data, err := shipped.ReadFile("profiles/" + name + ".json")
	if errors.Is(err, fs.ErrNotExist) {
		return Profile{}, fmt.Errorf("network: no profile named %q is shipped: use one of %s, or a profile's file", name, strings.Join(Names(), ", "))
	}
	if err != nil {
		return Profile{}, fmt.Errorf("network: %w", err)
	}
	return Parse(data)
}

// Names lists the shipped profiles.
func Names() []string {
	entries, err := shipped.ReadDir("profiles")
	if err != nil {
		panic(err) // embedded
	}
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = strings.TrimSuffix(e.Name(), ".json")
	}
	return names
}

// Load reads and validates the profile in a file.
func Load(path string) (Profile, error) {
	file, err := os.Open(path)
	if err != nil {
		return Profile{}, fmt.Errorf("network: %w", err)
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, MaxFileSize+1))
	if err != nil {
		return Profile{}, fmt.Errorf("network: %w", err)
	}
	p, err := Parse(data)
	if err != nil {
		return Profile{}, fmt.Errorf("%s: %w", path, err)
	}
	return p, nil
}

// Parse reads and validates a profile.
func Parse(data []byte) (Profile, error) {
	if len(data) > MaxFileSize {
		return Profile{}, fmt.Errorf("network: a profile has at most %d bytes, got %d", MaxFileSize, len(data))
	}
	var p Profile
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&p); err != nil {
		return Profile{}, fmt.Errorf("network: want a profile in JSON: %w", err)
	}
	if _, err := decoder.Token(); err != io.EOF {
		return Profile{}, errors.New("network: want one JSON object, got something after it")
	}
	if err := p.Validate(); err != nil {
		return Profile{}, err
	}
	return p, nil
}

var namePattern = regexp.MustCompile(`^[a-z0-9-]{1,32}$`)

// Validate reports everything that is wrong with a profile. A profile whose contracts are not deployed is valid: see
// Deployed.
func (p Profile) Validate() error {
	var problems []error
	wrong := func(format string, args ...any) { problems = append(problems, fmt.Errorf(format, args...)) }
	if !namePattern.MatchString(p.Name) {
		wrong("name: want 1 to 32 of a-z, 0-9 and -, got %q", p.Name)
	}
	if p.ChainID == 0 {
		wrong("chainId: want the chain's EIP-155 id, got none")
	}
	if n := len(p.RPC); n < 1 || n > MaxRPC {
		wrong("rpc: want 1 to %d URLs, got %d", MaxRPC, n)
	}
	for i, raw := range p.RPC {
		// The URL is not quoted: it may hold a provider's key.
		u, err := url.Parse(raw)
		if err != nil || u.Host == "" || len(raw) > maxURL {
			wrong("rpc[%d]: want an absolute URL of at most %d bytes, such as https://rpc.example/", i, maxURL)
			continue
		}
		switch u.Scheme {
		case "http", "https", "ws", "wss":
		default:
			wrong("rpc[%d]: want the scheme http, https, ws or wss, got %q", i, u.Scheme)
		}
	}
	if n := len(p.Collateral); n > MaxPCCS {
		wrong("collateral: want at most %d places, got %d", MaxPCCS, n)
	}
	for i, e := range p.Endorsements {
		if !isObject(e) {
			wrong("endorsements[%d]: want a signed endorsement, as phallama endorse writes it", i)
		}
	}
	for i, place := range p.Collateral {
		if u, err := url.Parse(place); place != CollateralIntel && (err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || len(place) > maxURL) {
			wrong("collateral[%d]: want %q or a PCCS's URL, such as https://pccs.example:8081, got %.80q", i, CollateralIntel, place)
		}
	}
	for _, f := range p.addresses() {
		if f.value != "" && !isAddress(f.value) {
			wrong("%s: want 0x and 40 hex digits, or nothing, got %q", f.name, f.value)
		}
	}
	if (p.Escrow == "") != (p.Registry == "") {
		wrong("escrow and registry: want both or neither; they are deployed together")
	}
	if len(p.Policy) > 0 && !isObject(p.Policy) {
		wrong("policy: want a JSON object, see docs/spec/attestation.md")
	}
	if len(p.Simulated) > 0 {
		if !IsDev(p.ChainID) {
			wrong("simulated: chain %d is not a development chain, and simulated attestation is accepted on 1337, 31337 and 1337008 only: remove this field", p.ChainID)
		}
		if _, err := x509.ParseCertificate(p.Simulated); err != nil {
			wrong("simulated: want base64 of a DER certificate: %v", err)
		}
	}
	if len(problems) > 0 {
		return fmt.Errorf("network profile %q: %w", p.Name, errors.Join(problems...))
	}
	return nil
}

// Deployed is nil if the profile names all contracts, and wraps ErrNotDeployed otherwise.
func (p Profile) Deployed() error {
	for _, f := range p.addresses() {
		if f.value == "" {
			return fmt.Errorf("network %q: %w: the profile has no address for %s; use another network, such as the devnet of phallama up, or a profile with the addresses",
				p.Name, ErrNotDeployed, f.name)
		}
	}
	return nil
}

// IsSimulated reports whether evidence on this network may be simulated: everything that people see should say so.
func (p Profile) IsSimulated() bool { return len(p.Simulated) > 0 }

type field struct{ name, value string }

func (p Profile) addresses() []field {
	return []field{{"token", p.Token}, {"escrow", p.Escrow}, {"registry", p.Registry}}
}

// Save writes the profile to a file that only its owner reads (RPC URLs can hold keys), whole or not at all.
func (p Profile) Save(path string) error {
	if err := p.Validate(); err != nil {
		return err
	}
	data, err := json.MarshalIndent(p, "", "  ")
	if err != nil {
		return fmt.Errorf("network: %w", err)
	}
	if err := durable.Replace(path, append(data, '\n')); err != nil {
		return fmt.Errorf("network: save profile: %w", err)
	}
	return nil
}

func isAddress(s string) bool {
	raw, err := hex.DecodeString(strings.TrimPrefix(s, "0x"))
	return err == nil && len(raw) == 20 && strings.HasPrefix(s, "0x")
}

func isObject(raw json.RawMessage) bool {
	var object map[string]json.RawMessage
	return json.Unmarshal(raw, &object) == nil && object != nil
}
