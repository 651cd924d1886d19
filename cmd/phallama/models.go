package main

import (
	"cmp"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/network"
	"github.com/phallama/phallama/protocol"
)

// modelLine is a model that verified pods offer, by the bytes that it consists of.
type modelLine struct {
	Name    string        `json:"name"`
	Digest  protocol.Hash `json:"digest"`
	Pods    int           `json:"pods"`
	MinTier attest.Tier   `json:"minTier"` // the lowest of those pods
	Context uint32        `json:"context"` // tokens, the longest that is offered
	// Prices of the cheapest offer, in base units: for a million prompt and output tokens, and for each request.
	InPerM     protocol.Amount `json:"inPerM"`
	OutPerM    protocol.Amount `json:"outPerM"`
	PerRequest protocol.Amount `json:"perRequest"`
}

// modelSums are the lines of models by name and bytes.
type modelSums struct{ found map[modelKey]*modelLine }

type modelKey struct {
	name   string
	digest protocol.Hash
}

func (s *modelSums) add(o protocol.Offer, tier attest.Tier) {
	k := modelKey{o.Name().Name, o.ModelDigest}
	line := s.found[k]
	if line == nil {
		line = &modelLine{Name: k.name, Digest: k.digest, MinTier: tier, InPerM: o.InPerM, OutPerM: o.OutPerM, PerRequest: o.PerRequest}
		if s.found == nil {
			s.found = map[modelKey]*modelLine{}
		}
		s.found[k] = line
	}
	line.Pods++
	line.MinTier, line.Context = min(line.MinTier, tier), max(line.Context, o.Context)
	if cheaper(o, line) {
		line.InPerM, line.OutPerM, line.PerRequest = o.InPerM, o.OutPerM, o.PerRequest
	}
}

// lines are in the order of names, then digests.
func (s *modelSums) lines() []modelLine {
	lines := []modelLine{}
	for _, line := range s.found {
		lines = append(lines, *line)
	}
	slices.SortFunc(lines, func(a, b modelLine) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), slices.Compare(a.Digest[:], b.Digest[:]))
	})
	return lines
}

// modelLines sums up what verified pods offer, by name, then digest.
func modelLines(pods []client.PodStatus, now uint64) []modelLine {
	var sum modelSums
	for _, p := range pods {
		if p.Claims == nil {
			continue
		}
		for _, signed := range p.Record.Offers {
			if signed.Offer.ValidUntil > now {
				sum.add(signed.Offer, p.Claims.Tier)
			}
		}
	}
	return sum.lines()
}

// cheaper compares by output tokens, of which answers consist, then by the rest.
func cheaper(o protocol.Offer, line *modelLine) bool {
	return cmp.Or(o.OutPerM.Cmp(line.OutPerM), o.InPerM.Cmp(line.InPerM), o.PerRequest.Cmp(line.PerRequest)) < 0
}

func modelsObject(profile network.Profile, lines []modelLine) map[string]any {
	return map[string]any{"network": profile.Name, "simulated": profile.IsSimulated(), "models": lines}
}

func (a *app) modelsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "models",
		Aliases: []string{"list", "ls"},
		Short:   "List the models that verified pods offer, with the lowest price of each",
		Long: `Lists the models of pods that pass verification on this machine: how many offer
it, the lowest tier among them, and the prices of the cheapest, in tokens for a
million prompt and output tokens and for each request. A name may stand for
different bytes at different pods: each digest is a line.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			profile, pods, err := a.lookAtPods(cmd.Context())
			if err != nil {
				return err
			}
			if a.json {
				return a.out.json(modelsObject(profile, modelLines(pods, uint64(time.Now().Unix()))))
			}
			lines := modelLines(pods, uint64(time.Now().Unix()))
			if profile.IsSimulated() {
				fmt.Fprintln(a.out, a.out.yellow(simulated))
			}
			if len(lines) == 0 {
				fmt.Fprintln(a.out, "No verified pod offers a model; `phallama pods` says why each is refused.")
				return nil
			}
			var rows [][]string
			for _, l := range lines {
				rows = append(rows, []string{
					l.Name, hex.EncodeToString(l.Digest[:6]), fmt.Sprint(l.Pods), l.MinTier.String(), fmt.Sprint(l.Context),
					l.InPerM.Tokens(), l.OutPerM.Tokens(), l.PerRequest.Tokens(),
				})
			}
			a.out.table([]string{"MODEL", "DIGEST", "PODS", "TIER", "CONTEXT", "IN/1M", "OUT/1M", "REQUEST"}, rows)
			return nil
		},
	}
	a.relayFlag(cmd)
	return cmd
}

func (a *app) psCommand() *cobra.Command {
	var gateway string
	cmd := &cobra.Command{
		Use:   "ps",
		Short: "List the models that a gateway can use now",
		Long: `Asks a running gateway which models its pods hold loaded, within its rules and
its key's list. Pods load what they offer when they start, and keep it.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			url, err := gatewayURL(gateway)
			if err != nil {
				return err
			}
			req, err := http.NewRequestWithContext(cmd.Context(), http.MethodGet, url+"/api/ps", http.NoBody)
			if err != nil {
				return err
			}
			resp, err := gatewayDo(req)
			if err != nil {
				return err
			}
			defer resp.Body.Close()
			var loaded struct {
				Models []struct {
					Name    string `json:"name"`
					Digest  string `json:"digest"`
					Context int    `json:"context_length"`
				} `json:"models"`
			}
			if err := json.NewDecoder(resp.Body).Decode(&loaded); err != nil {
				return fmt.Errorf("what the gateway at %s says of its models: %w", req.URL.Host, err)
			}
			if a.json {
				return a.out.json(loaded)
			}
			if len(loaded.Models) == 0 {
				fmt.Fprintln(a.out, "No model: no verified pod within the gateway's rules offers one (`phallama pods`).")
				return nil
			}
			var rows [][]string
			for _, m := range loaded.Models {
				rows = append(rows, []string{m.Name, m.Digest[:min(12, len(m.Digest))], fmt.Sprint(m.Context)})
			}
			a.out.table([]string{"MODEL", "DIGEST", "CONTEXT"}, rows)
			return nil
		},
	}
	cmd.Flags().StringVar(&gateway, "gateway", defaultGateway, "`address` of the gateway")
	return cmd
}

func (a *app) showCommand() *cobra.Command {
	var gateway string
	cmd := &cobra.Command{
		Use:   "show MODEL",
		Short: "Show what a pod says of a model that it offers",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			url, err := gatewayURL(gateway)
			if err != nil {
				return err
			}
			said, err := show(cmd.Context(), url, args[0])
			if err != nil {
				return err
			}
			if a.json {
				return a.out.json(said)
			}
			said.print(a.out)
			return nil
		},
	}
	cmd.Flags().StringVar(&gateway, "gateway", defaultGateway, "`address` of the gateway")
	return cmd
}
