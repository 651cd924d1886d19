package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/attest/dcap"
	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/internal/devnet"
	"github.com/phallama/phallama/network"
	"github.com/phallama/phallama/protocol"
	"github.com/phallama/phallama/web"
)

// sights is what the page shows of the network, by the gateway's own client.
type sights struct {
	a        *app
	profile  network.Profile
	user     *client.Client
	releases map[string]release // by measurement
}

// release is where a measured program comes from.
type release struct {
	Name         string `json:"name"`
	SourceDigest string `json:"sourceDigest,omitempty"`
}

func newSights(a *app, profile network.Profile, user *client.Client) (*sights, error) {
	policies, err := devnet.Policies(profile)
	if err != nil {
		return nil, err
	}
	s := &sights{a: a, profile: profile, user: user, releases: map[string]release{}}
	for _, p := range policies {
		for _, m := range p.Measurements.SGX {
			s.releases[m.MRENCLAVE.String()] = release{m.Release, m.SourceDigest}
		}
		for _, m := range p.Measurements.TDX {
			s.releases[m.MRTD.String()] = release{m.Release, m.SourceDigest}
		}
	}
	return s, nil
}

// podLine is a pod in a list: what one looks for, without the evidence and the checks, which are long.
type podLine struct {
	ID         protocol.Address  `json:"id"`
	Operator   protocol.Address  `json:"operator"`
	URL        string            `json:"url"`
	Standing   protocol.Standing `json:"standing"`
	ValidUntil uint64            `json:"validUntil"` // Unix seconds
	Offers     []protocol.Offer  `json:"offers"`     // that have not ended
	Refused    string            `json:"refused,omitempty"`
	Health     client.Health     `json:"health"`

	// Of a pod that is verified.
	Tier        *attest.Tier `json:"tier,omitempty"`
	TCB         *dcap.TCB    `json:"tcb,omitempty"`
	Measurement string       `json:"measurement,omitempty"`
	Release     string       `json:"release,omitempty"` // as the policy names it
	NotAfter    time.Time    `json:"notAfter,omitzero"`
	Checks      int          `json:"checks,omitempty"` // that held
}

func (s *sights) line(p client.PodStatus, now uint64) podLine {
	l := podLine{
		ID: p.Record.ID, Operator: p.Record.Operator, URL: p.Record.URL, Standing: p.Record.Standing, ValidUntil: p.Record.ValidUntil,
		Offers: []protocol.Offer{}, Refused: p.Refused, Health: p.Health,
	}
	for _, o := range p.Record.Offers {
		if o.Offer.ValidUntil > now {
			l.Offers = append(l.Offers, o.Offer)
		}
	}
	if c := p.Claims; c != nil {
		l.Tier, l.TCB, l.Measurement, l.NotAfter, l.Checks = &c.Tier, &c.TCB, c.Measurement(), c.NotAfter, len(c.Checks)
		l.Release = s.releases[l.Measurement].Name
	}
	return l
}

// pods lists the pods that have not retired.
func (s *sights) pods(ctx context.Context) (any, error) {
	pods, err := s.user.Pods(ctx)
	if err != nil {
		return nil, err
	}
	lines := []podLine{}
	for _, p := range pods {
		if !p.Record.Retired {
			lines = append(lines, s.line(p, uint64(time.Now().Unix())))
		}
	}
	return map[string]any{"pods": lines}, nil
}

// pod is all that is known of one, as `phallama pods --json` has it.
func (s *sights) pod(ctx context.Context, id string) (any, error) {
	want, err := protocol.ParseAddress(id)
	if err != nil {
		return nil, &exitError{exitUsage, fmt.Errorf("pod: %w", err)}
	}
	pods, err := s.user.Pods(ctx)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(pods, func(p client.PodStatus) bool { return p.Record.ID == want })
	if i < 0 {
		return nil, fmt.Errorf("%w: the registry lists no pod %s", web.ErrNotFound, want)
	}
	whole := struct {
		client.PodStatus
		Release *release `json:"release,omitempty"`
	}{PodStatus: pods[i]}
	if c := pods[i].Claims; c != nil {
		if r, known := s.releases[c.Measurement()]; known {
			whole.Release = &r
		}
	}
	return whole, nil
}

// models are those that the gateway may use, by its own rules.
func (s *sights) models(ctx context.Context) (any, error) {
	offered, err := s.user.Models(ctx)
	if err != nil {
		return nil, err
	}
	var sum modelSums
	for _, m := range offered {
		sum.add(m.Offer, m.Tier)
	}
	return modelsObject(s.profile, sum.lines()), nil
}

func (s *sights) policy(ctx context.Context) (any, error) {
	_, c, err := s.a.dial(ctx)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	return policiesOf(ctx, s.profile, c)
}
