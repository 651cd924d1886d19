package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/spf13/cobra"

	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/gateway"
	"github.com/phallama/phallama/network"
	"github.com/phallama/phallama/operator"
	"github.com/phallama/phallama/web"
)

// page is what a gateway shows to people: the network, by the gateway's own client, and the wallet of the data directory, if
// it is that which pays.
func (a *app) page(profile network.Profile, user *client.Client, pays bool) (http.Handler, error) {
	silent, err := a.quiet()
	if err != nil {
		return nil, err
	}
	sights, err := newSights(silent, profile, user)
	if err != nil {
		return nil, err
	}
	config := web.Config{
		Network: webNetwork(profile), Models: sights.models, Pods: sights.pods, Pod: sights.pod, Policy: sights.policy,
		Verify: silent.verifyOne, IsOwner: gateway.IsOwner, StatusOf: pageStatus,
	}
	if pays {
		if config.Wallet, err = newPurse(silent, profile, user); err != nil {
			return nil, err
		}
	}
	return web.Handler(config), nil
}

// agentPage is what a pod's agent shows to its operator.
func agentPage(profile network.Profile, agent *operator.Agent) http.Handler {
	return web.OperatorHandler(web.OperatorConfig{
		Network: webNetwork(profile),
		Report:  func(ctx context.Context) (any, error) { return agent.Report(ctx), nil },
	})
}

func webNetwork(profile network.Profile) web.Network {
	return web.Network{Name: profile.Name, Simulated: profile.IsSimulated(), Token: tokenName(profile), Version: version}
}

func (a *app) pageCommand() *cobra.Command {
	var address string
	cmd := &cobra.Command{
		Use: "page", Short: "Print a link that opens the gateway's page and logs the browser in", Args: cobra.NoArgs,
		Long: `Prints the address of the page of the gateway that runs with this data directory,
as a link that logs the browser that opens it in: once, and within an hour. Who is
logged in sees the wallet and moves money. Without, the page shows the network and
lets one chat, as every program of this machine may.`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			at, err := a.pageURL(cmd.Context(), address)
			if err != nil {
				return err
			}
			link, err := a.invite(at)
			if err != nil {
				return err
			}
			if a.json {
				return a.out.json(map[string]any{"link": link, "seconds": int(gateway.InviteLife.Seconds())})
			}
			fmt.Fprintln(a.err, a.err.dim("open it in a browser, once and within an hour; whoever does is you"))
			fmt.Fprintln(a.out, link)
			return nil
		},
	}
	cmd.Flags().StringVar(&address, "gateway", defaultGateway, "`address` of the gateway, or its https:// URL, as a browser is to reach it")
	return cmd
}

// pageURL is the URL of the gateway whose page is to be opened. One that speaks HTTPS is taken by its word: browsers may trust
// its certificate where this program does not.
func (a *app) pageURL(ctx context.Context, address string) (string, error) {
	if host, ok := strings.CutPrefix(address, "https://"); ok {
		u, err := url.Parse(strings.TrimSuffix(address, "/"))
		if err != nil || u.Host != strings.TrimSuffix(host, "/") || u.Host == "" {
			return "", &exitError{exitUsage, fmt.Errorf("--gateway: want a URL such as https://gateway.lan:11435, got %q", address)}
		}
		return u.String(), nil
	}
	at, err := gatewayURL(address)
	if err != nil {
		return "", err
	}
	return at, a.isOurs(ctx, at)
}

// isOurs tells whether the gateway at a URL runs with this data directory: only that one knows the links made here.
func (a *app) isOurs(ctx context.Context, at string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, at+gateway.PagePath+"api/login", http.NoBody)
	if err != nil {
		return err
	}
	resp, err := gatewayDo(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	var said struct {
		Gateway string `json:"gateway"`
	}
	err = json.NewDecoder(io.LimitReader(resp.Body, 64<<10)).Decode(&said)
	if want := gateway.Mark(a.gatewayDir()); err != nil || said.Gateway != want {
		return &exitError{exitUsage, fmt.Errorf("the gateway at %s runs with another data directory than %s, and only its own makes links for it: name it with --data", req.URL.Host, a.data)}
	}
	return nil
}
