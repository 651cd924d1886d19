package devnet

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"path/filepath"
	"slices"
	"time"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/attest/collateral"
	"github.com/phallama/phallama/attest/dcap"
	"github.com/phallama/phallama/chain"
	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/egress"
	"github.com/phallama/phallama/network"
	"github.com/phallama/phallama/protocol"
)

// Open makes a client for a network whose user's data is in dir: cfg says who pays, and what is to differ from the
// client's defaults.
func Open(dir string, profile network.Profile, c *chain.Client, cfg client.Config) (*client.Client, error) {
	policies, err := Policies(profile)
	if err != nil {
		return nil, err
	}
	verifier, err := Verifier(profile, time.Now)
	if err != nil {
		return nil, err
	}
	source, err := NewCollateral(profile, filepath.Join(dir, "collateral"))
	if err != nil {
		return nil, err
	}
	cfg.Development = network.IsDev(profile.ChainID)
	cfg.Domain, cfg.RegistryAddress, cfg.Registry, cfg.StateDir = c.Domain(), c.Registry(), c, filepath.Join(dir, "client")
	cfg.Verifier, cfg.Policies, cfg.Collateral = verifier, policies, source
	payer := cfg.Owner
	if cfg.Delegate != nil {
		payer = cfg.Delegate.Key
	}
	cfg.Closer = closer{chain.NewTransactor(c, payer)}
	return client.New(cfg)
}

// closer asks for closes by transactions of the owner's, or of a key's, which needs gas.
type closer struct{ chain *chain.Transactor }

func (c closer) RequestClose(ctx context.Context, key protocol.SessionKey) error {
	_, err := c.chain.RequestClose(ctx, key)
	return err
}

// Policies are those in force on a network, each of which has to accept: the profile's and, but on development chains,
// the release's. What governance on chain adds to them changes nothing; what it takes away is taken away.
func Policies(profile network.Profile) ([]attest.Policy, error) {
	policy, err := attest.ParsePolicy(profile.Policy)
	if err != nil {
		return nil, fmt.Errorf("network %s: %w", profile.Name, err)
	}
	policies := []attest.Policy{policy}
	if release, ok := network.ReleasePolicy(profile.ChainID); ok {
		policy, err := attest.ParsePolicy(release)
		if err != nil {
			return nil, fmt.Errorf("the policy of this release for chain %d: %w", profile.ChainID, err)
		}
		policies = append(policies, policy)
	}
	return policies, nil
}

// Verifier verifies evidence under the network's root of trust: Intel's, or a simulated one on development chains.
func Verifier(profile network.Profile, now func() time.Time) (*attest.Verifier, error) {
	var verifier *attest.Verifier
	var err error
	if profile.IsSimulated() {
		verifier, err = attest.NewSimulatedVerifier(profile.Simulated, attest.Config{Now: now})
	} else {
		verifier, err = attest.NewVerifier(attest.Config{Now: now})
	}
	if err != nil {
		return nil, fmt.Errorf("network %s: %w", profile.Name, err)
	}
	return verifier, nil
}

// Collateral gets collateral for a network's clients: what is kept in a directory, else what a pod serves about itself,
// else what the services of the network's profile say.
type Collateral struct {
	cache        *collateral.Cache            // of what the services say
	endorsements []protocol.SignedEndorsement // of the profile
	http         *http.Client                 // reaches pods and relays
}

// podTimeout is for a pod to serve what it serves about itself.
const podTimeout = 30 * time.Second

// NewCollateral keeps what it gets in dir.
func NewCollateral(profile network.Profile, dir string) (*Collateral, error) {
	services, err := collateralServices(profile)
	if err != nil {
		return nil, err
	}
	// Where pods and relays are anybody may have said; services are the profile's.
	pods := &http.Client{Timeout: podTimeout, Transport: egress.Proxied(network.IsDev(profile.ChainID))}
	c := &Collateral{http: pods, cache: collateral.NewCache(dir, collateral.First(time.Now, services...), time.Now)}
	for i, raw := range profile.Endorsements {
		e, err := attest.ParseEndorsement(raw)
		if err != nil {
			return nil, fmt.Errorf("network %s: endorsements[%d]: %w", profile.Name, i, err)
		}
		c.endorsements = append(c.endorsements, e)
	}
	return c, nil
}

func collateralServices(profile network.Profile) ([]collateral.Source, error) {
	var services []collateral.Source
	for _, place := range profile.Collateral {
		if place == network.CollateralIntel {
			place = ""
		}
		service, err := collateral.NewClient(collateral.Config{URL: place})
		if err != nil {
			return nil, fmt.Errorf("network %s: %w", profile.Name, err)
		}
		services = append(services, service)
	}
	return services, nil
}

// Collateral implements client.Collateral. Without a pod's URL the services are asked alone. What a pod serves is for its
// own evidence and is not kept: forged collateral with good dates would have every other pod on such a platform refused.
func (c *Collateral) Collateral(ctx context.Context, needs attest.CollateralID, podURL string) (*attest.Collateral, error) {
	if podURL == "" {
		return c.cache.Collateral(ctx, needs)
	}
	if kept, err := c.cache.CollateralFrom(ctx, needs, nil); err == nil {
		return kept, nil
	}
	return collateral.First(time.Now, podSource{podURL, c.http}, c.cache).Collateral(ctx, needs)
}

// Endorsements implements client.Collateral. What a pod serves and does not parse is nobody's word.
func (c *Collateral) Endorsements(ctx context.Context, podURL string) []protocol.SignedEndorsement {
	list := slices.Clone(c.endorsements)
	if podURL == "" {
		return list
	}
	served, err := collateral.FromPod(ctx, c.http, podURL, protocol.PathAttestation)
	if err != nil {
		return list
	}
	for _, raw := range served.Endorsements[:min(len(served.Endorsements), attest.MaxEndorsements)] {
		if e, err := attest.ParseEndorsement(raw); err == nil {
			list = append(list, e)
		}
	}
	return list
}

type podSource struct {
	url  string
	http *http.Client
}

func (s podSource) Collateral(ctx context.Context, _ dcap.CollateralID) (*dcap.Collateral, error) {
	served, err := collateral.FromPod(ctx, s.http, s.url, protocol.PathAttestation)
	if err != nil {
		return nil, err
	}
	return served.Collateral, nil
}

// served gathers what a pod of the network serves about itself, keeping collateral in dir.
func served(profile network.Profile, dir string) func(context.Context, attest.CollateralID) (json.RawMessage, error) {
	return func(ctx context.Context, needs attest.CollateralID) (json.RawMessage, error) {
		source, err := NewCollateral(profile, dir)
		if err != nil {
			return nil, err
		}
		c, err := source.Collateral(ctx, needs, "")
		if err != nil {
			return nil, err
		}
		return json.Marshal(struct {
			Collateral   *attest.Collateral `json:"collateral"`
			Endorsements []json.RawMessage  `json:"endorsements"`
		}{c, append([]json.RawMessage{}, profile.Endorsements...)})
	}
}
