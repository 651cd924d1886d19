package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"github.com/phallama/phallama/gateway"
)

// letIn are the pages and names, beside this machine's, that a gateway answers.
type letIn struct{ origins, hosts []string }

func (l *letIn) flags(cmd *cobra.Command) {
	cmd.Flags().Var(&several{&l.origins, gateway.ParseOrigin}, "origin", "`origin` whose pages may use the gateway, such as https://chat.example.org; again for more")
	cmd.Flags().Var(&several{&l.hosts, gateway.ParseHost}, "host", "`name` the gateway is asked under beside localhost, such as host.docker.internal; again for more")
}

// several are the values of a flag that is given several times, or with commas between them.
type several struct {
	list  *[]string
	parse func(string) (string, error)
}

func (s *several) String() string { return "" }
func (s *several) Type() string   { return "strings" }

func (s *several) Set(text string) error {
	for one := range strings.SplitSeq(text, ",") {
		value, err := s.parse(strings.TrimSpace(one))
		if err != nil {
			return err
		}
		*s.list = append(*s.list, value)
	}
	return nil
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
