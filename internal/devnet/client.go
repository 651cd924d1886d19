package devnet

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"path/filepath"
	"time"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/attest/collateral"
	"github.com/phallama/phallama/attest/dcap"
	"github.com/phallama/phallama/chain"
	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/network"
	"github.com/phallama/phallama/protocol"
)

// OpenClient makes a client for a network whose user's data is in dir. A nil transport is the client's own.
func OpenClient(dir string, profile network.Profile, c *chain.Client, owner protocol.Key, transport http.RoundTripper) (*client.Client, error) {
	policy, err := attest.ParsePolicy(profile.Policy)
	if err != nil {
		return nil, fmt.Errorf("network %s: %w", profile.Name, err)
	}
	verifier, err := Verifier(profile, time.Now)
	if err != nil {
		return nil, err
	}
	source, err := NewCollateral(profile, filepath.Join(dir, "collateral"))
	if err != nil {
		return nil, err
	}
	return client.New(client.Config{
		Domain: c.Domain(), RegistryAddress: c.Registry(), Registry: c, Owner: owner, StateDir: filepath.Join(dir, "client"),
		Verifier: verifier, Policy: policy, Collateral: source, Transport: transport,
	})
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
	cache    *collateral.Cache
	services []collateral.Source
	http     *http.Client
}

// NewCollateral keeps what it gets in dir.
func NewCollateral(profile network.Profile, dir string) (*Collateral, error) {
	services, err := collateralServices(profile)
	if err != nil {
		return nil, err
	}
	return &Collateral{cache: collateral.NewCache(dir, nil, time.Now), services: services}, nil
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

// Collateral implements client.Collateral. Without a pod's URL the services are asked alone.
func (c *Collateral) Collateral(ctx context.Context, needs attest.CollateralID, podURL string) (*attest.Collateral, error) {
	sources := c.services
	if podURL != "" {
		sources = append([]collateral.Source{podSource{podURL, c.http}}, sources...)
	}
	return c.cache.CollateralFrom(ctx, needs, collateral.First(time.Now, sources...))
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
		}{c, []json.RawMessage{}})
	}
}
