package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"github.com/phallama/phallama/gateway"
)

// letIn are the pages and names, beside this machine's, that a gateway answers.
type letIn struct{ origins, hosts []string }

func (l *letIn) flags(cmd *cobra.Command) {
	cmd.Flags().StringSliceVar(&l.origins, "origin", nil, "`origin` whose pages may use the gateway, such as https://chat.example.org; again for more, also $PHALLAMA_ORIGINS")
	cmd.Flags().StringSliceVar(&l.hosts, "host", nil, "`name` the gateway is asked under beside localhost, such as host.docker.internal; again for more")
}

// config puts what is let in into a gateway's configuration.
func (l *letIn) config(into *gateway.Config) error {
	var wrong error
	each := func(from string, texts []string, parse func(string) (string, error), list *[]string) {
		for _, text := range texts {
			one, err := parse(strings.TrimSpace(text))
			if err != nil {
				wrong = errors.Join(wrong, &exitError{exitUsage, fmt.Errorf("%s: %w", from, err)})
				continue
			}
			*list = append(*list, one)
		}
	}
	each("--origin", l.origins, gateway.ParseOrigin, &into.Origins)
	if env := os.Getenv("PHALLAMA_ORIGINS"); env != "" {
		each("PHALLAMA_ORIGINS", strings.Split(env, ","), gateway.ParseOrigin, &into.Origins)
	}
	each("--host", l.hosts, gateway.ParseHost, &into.Hosts)
	return wrong
}

// report prints a line for each request: for people, or as JSON.
func (a *app) report() func(gateway.Request) {
	var one sync.Mutex
	return func(r gateway.Request) {
		one.Lock()
		defer one.Unlock()
		if a.json {
			_ = json.NewEncoder(a.out).Encode(r) // nobody reads it
			return
		}
		fmt.Fprintln(a.out, a.requestLine(r))
	}
}

func (a *app) requestLine(r gateway.Request) string {
	status := fmt.Sprint(r.Status)
	switch {
	case r.Status != http.StatusOK:
		status = a.out.red(status)
	case r.Err != nil:
		status = a.out.red("broke off")
	default:
		status = a.out.green(status)
	}
	model, pod := r.Model, "-"
	if model == "" {
		model = "-"
	}
	if !r.Pod.IsZero() {
		pod = r.Pod.Short()
	}
	if r.Key != "" {
		status += "  key " + r.Key
	}
	return fmt.Sprintf("%s  %-10s  %s  %d in  %d out  %s tokens  %s  %s",
		r.Time.Format(time.TimeOnly), model, pod, r.In, r.Out, r.Cost.Tokens(), r.Took.Round(10*time.Millisecond), status)
}
