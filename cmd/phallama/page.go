package main

import (
	"context"
	"net/http"
	"time"

	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/network"
	"github.com/phallama/phallama/web"
)

// page is what a gateway shows to people: what `models --json` and `pods --json` print, by the gateway's own client.
func page(profile network.Profile, user *client.Client) http.Handler {
	return web.Handler(web.Config{
		Network: web.Network{Name: profile.Name, Simulated: profile.IsSimulated(), Token: tokenName(profile), Version: version},
		Models: func(ctx context.Context) (any, error) {
			pods, err := user.Pods(ctx)
			if err != nil {
				return nil, err
			}
			return modelsObject(profile, pods, time.Now()), nil
		},
		Pods: func(ctx context.Context) (any, error) {
			pods, err := user.Pods(ctx)
			if err != nil {
				return nil, err
			}
			return podsObject(profile, pods), nil
		},
	})
}
