package client_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"strings"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/protocol"
)

// config is the application's: chain, verifier, policies and collateral of its network.
func config() client.Config { return client.Config{} }

// A client is the transport of an http.Client. An answer is complete and proven once its body ends in io.EOF.
func Example() {
	cfg := config()
	cfg.StateDir = "phallama-state"
	c, err := client.New(cfg)
	if err != nil {
		log.Fatal(err)
	}
	defer c.Close()

	http := &http.Client{Transport: c}
	res, err := http.Post("http://"+client.Host+"/api/chat", "application/json",
		strings.NewReader(`{"model":"wisp","messages":[{"role":"user","content":"Who can read this?"}]}`))
	switch {
	case errors.Is(err, client.ErrInsufficientFunds):
		log.Fatal("deposit more: ", err)
	case err != nil:
		log.Fatal(err)
	}
	defer res.Body.Close()
	if _, err := io.Copy(os.Stdout, res.Body); err != nil {
		log.Fatal(err) // it must not be used
	}
	fmt.Println("by", res.Header.Get(client.HeaderPod), "for", res.Trailer.Get(client.TrailerCost))
}

// Which pods may be asked: of real hardware, for at most 0.9 tokens a million, none of one operator's, and of prices within
// a tenth of the cheapest the quicker.
func ExampleChoice() {
	operator, err := protocol.ParseAddress("0x00000000000000000000000000000000000000aa")
	if err != nil {
		log.Fatal(err)
	}
	cfg := config()
	cfg.Choice = client.Choice{
		MaxPerM: protocol.Units(900_000_000_000_000_000),
		MinTier: attest.TierGenuine,
		Deny:    []protocol.Address{operator},
		Margin:  10,
	}
	c, err := client.New(cfg)
	if err != nil {
		log.Fatal(err)
	}
	defer c.Close()
}

// A trace tells how a pod was chosen, and what became of the others.
func ExampleWithTrace() {
	ctx := client.WithTrace(context.Background(), &client.Trace{
		Chosen: func(all []client.Candidate) {
			for _, p := range all {
				if p.Excluded != nil {
					log.Printf("not %s: %v", p.Pod.Short(), p.Excluded)
					continue
				}
				log.Printf("%s for at most %s, %s, first byte in %s", p.Pod.Short(), p.Price.Tokens(), p.Health.State, p.Health.FirstByte)
			}
		},
		PodRefused: func(pod protocol.Address, why error) { log.Printf("not %s: %v", pod.Short(), why) },
		LowFunds: func(left protocol.Amount, requests int) {
			log.Printf("%s left, for %d requests", left.Tokens(), requests)
		},
	})
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+client.Host+"/api/generate", strings.NewReader(`{"model":"wisp","prompt":"hello"}`))
	if err != nil {
		log.Fatal(err)
	}
	_ = req // for an http.Client as in the example of the package
}

// Who shows an answer only once it is whole can have it made anew by another pod where the first one breaks off.
func ExampleWithRestart() {
	ctx := client.WithRestart(context.Background())
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+client.Host+"/api/generate", strings.NewReader(`{"model":"wisp","prompt":"hello","stream":false}`))
	if err != nil {
		log.Fatal(err)
	}
	_ = req
}
