package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/protocol"
)

// DefaultGateway is where `up` and `serve` listen, and `ask` asks.
const defaultGateway = "127.0.0.1:11435"

func (a *app) askCommand() *cobra.Command {
	var gateway, model string
	var once bool
	cmd := &cobra.Command{
		Use:   "ask PROMPT",
		Short: "Ask one question, through a running gateway or with --once",
		Long: `Asks one question and prints the answer as it streams. The answer goes to
standard output; what it cost, who answered and the receipt go to standard error
(all of it to standard output with --json).`,
		Example: `  phallama ask "Who can read my prompts?"
  phallama ask --once --json "Repeat after me: falcon-4711"`,
		Args: func(_ *cobra.Command, args []string) error {
			switch {
			case len(args) != 1:
				return fmt.Errorf("want one prompt, in quotes, got %d arguments", len(args))
			case strings.TrimSpace(args[0]) == "":
				return errors.New("the prompt is empty: say what to ask")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if once && cmd.Flags().Changed("gateway") {
				return &exitError{exitUsage, errors.New("--once starts a gateway of its own: leave --gateway or --once away")}
			}
			if !once && cmd.Flags().Changed("shape") {
				return &exitError{exitUsage, errors.New("--shape is the gateway's: give it to `phallama serve` or `phallama up`, or use --once")}
			}
			if !once && cmd.Flags().Changed("relay") {
				return &exitError{exitUsage, errors.New("--relay is the gateway's: give it to `phallama serve` or `phallama up`, or use --once")}
			}
			if flag := choiceOf(cmd); flag != "" && !once {
				return &exitError{exitUsage, fmt.Errorf("%s is the gateway's: give it to `phallama serve` or `phallama up`, or use --once", flag)}
			}
			if once {
				url, stop, err := a.once(cmd.Context())
				if err != nil {
					return err
				}
				err = a.ask(cmd.Context(), url, model, args[0])
				return errors.Join(err, stop())
			}
			url, err := gatewayURL(gateway)
			if err != nil {
				return err
			}
			return a.ask(cmd.Context(), url, model, args[0])
		},
	}
	cmd.Flags().StringVar(&gateway, "gateway", defaultGateway, "`address` of the gateway")
	cmd.Flags().StringVarP(&model, "model", "m", "", "`name` of the model, NAME or NAME@sha256:DIGEST (default: the network's first)")
	a.shapeFlag(cmd)
	cmd.Flags().BoolVar(&once, "once", false, "start everything, ask, and stop everything again")
	a.relayFlag(cmd)
	a.choiceFlags(cmd)
	return cmd
}

// gatewayURL is the URL of a gateway's address.
func gatewayURL(gateway string) (string, error) {
	address := strings.TrimSuffix(strings.TrimPrefix(gateway, "http://"), "/")
	_, port, err := net.SplitHostPort(address)
	if err == nil {
		_, err = strconv.ParseUint(port, 10, 16)
	}
	if err != nil {
		return "", &exitError{exitUsage, fmt.Errorf("--gateway: want an address such as %s, got %q", defaultGateway, gateway)}
	}
	return "http://" + address, nil
}

// answered is what `ask` tells a machine.
type answered struct {
	Model     string          `json:"model"`
	Answer    string          `json:"answer"`
	In        uint32          `json:"tokensIn"`
	Out       uint32          `json:"tokensOut"`
	Cost      protocol.Amount `json:"cost"` // base units
	Pod       string          `json:"pod"`
	Tier      string          `json:"tier"`
	Relay     string          `json:"relay"` // who ran the OHTTP relay between, or "none"
	RequestID string          `json:"requestId"`
	Receipt   string          `json:"receipt"`
}

func (a *app) ask(ctx context.Context, gateway, model, prompt string) error {
	if model == "" {
		var err error
		if model, err = firstModel(ctx, gateway); err != nil {
			return err
		}
	}
	var streamed pieces
	var stream io.Writer = &streamed
	if !a.json {
		stream = io.MultiWriter(a.out, stream)
	}
	got, err := chat(ctx, gateway, question{Model: model, Messages: []message{{"user", prompt}}}, stream)
	if !a.json && (err == nil || streamed.n > 0) {
		fmt.Fprintln(a.out) // ends the answer's last line
	}
	if err != nil {
		return err
	}
	if a.json {
		return a.out.json(got)
	}
	a.note(got)
	return nil
}

// note says who answered, and what it cost.
func (a *app) note(got answered) {
	by := ""
	if strings.HasPrefix(got.Relay, "0x") {
		by = "by the relay of " + short(got.Relay)
	}
	note := list(got.Model, fmt.Sprintf("%d tokens in, %d out", got.In, got.Out), "cost "+got.Cost.Tokens(), fmt.Sprintf("pod %s (%s)", short(got.Pod), got.Tier), by,
		"receipt "+short(got.Receipt)+" verified")
	fmt.Fprintln(a.err, a.err.dim(note))
}

// message is one of a conversation.
type message struct {
	Role    string `json:"role"`
	Content string `json:"content"`
}

// question is what is asked over Ollama's own API.
type question struct {
	Model    string                     `json:"model"`
	Messages []message                  `json:"messages"`
	Options  map[string]json.RawMessage `json:"options,omitempty"`
}

// chat asks as any tool would, and copies the answer's text to stream as it comes.
func chat(ctx context.Context, gateway string, ask question, stream io.Writer) (answered, error) {
	body, err := json.Marshal(ask)
	if err != nil {
		return answered{}, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, gateway+"/api/chat", bytes.NewReader(body))
	if err != nil {
		return answered{}, err
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := gatewayDo(req)
	if err != nil {
		return answered{}, err
	}
	defer resp.Body.Close()
	got := answered{
		Model: ask.Model, Pod: resp.Header.Get(client.HeaderPod), Tier: resp.Header.Get(client.HeaderTier),
		RequestID: resp.Header.Get(client.HeaderRequestID), Relay: resp.Header.Get(client.HeaderRelay),
	}
	var text strings.Builder
	done := false
	lines := bufio.NewReader(resp.Body)
	for {
		line, err := lines.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 {
			var piece struct {
				Message struct{ Content string }
				Done    bool
				Error   string
				In      uint32 `json:"prompt_eval_count"`
				Out     uint32 `json:"eval_count"`
			}
			if err := json.Unmarshal(line, &piece); err != nil {
				return got, &exitError{exitUnverified, fmt.Errorf("the gateway's answer is not Ollama's: %w", err)}
			}
			if piece.Error != "" {
				return got, &exitError{exitUnverified, errors.New(piece.Error)}
			}
			text.WriteString(piece.Message.Content)
			if _, err := io.WriteString(stream, piece.Message.Content); err != nil {
				return got, err
			}
			if piece.Done {
				done, got.In, got.Out = true, piece.In, piece.Out
			}
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return got, &exitError{exitUnverified, fmt.Errorf("the answer broke off: %w", err)}
		}
	}
	got.Answer, got.Receipt = text.String(), resp.Trailer.Get(client.TrailerReceipt)
	if !done || got.Receipt == "" {
		return got, &exitError{exitUnverified, errors.New("the answer ended without its receipt; do not rely on it")}
	}
	got.Cost, err = protocol.ParseAmount(resp.Trailer.Get(client.TrailerCost))
	return got, err
}

// gatewayDo sends a request to a gateway and turns its refusals into errors.
func gatewayDo(req *http.Request) (*http.Response, error) {
	if key := os.Getenv("PHALLAMA_GATEWAY_KEY"); key != "" { // one of `phallama gateway keys`
		req.Header.Set("Authorization", "Bearer "+key)
	}
	resp, err := http.DefaultClient.Do(req)
	switch {
	case errors.Is(err, syscall.ECONNREFUSED):
		return nil, &exitError{exitNotRunning, fmt.Errorf("no gateway at %s: start one with `phallama up`, or use --once", req.URL.Host)}
	case err != nil && req.Context().Err() != nil:
		return nil, err
	case err != nil:
		return nil, &exitError{exitNotRunning, fmt.Errorf("no gateway answers at %s: %w: check --gateway", req.URL.Host, err)}
	case resp.StatusCode == http.StatusOK:
		return resp, nil
	}
	defer resp.Body.Close()
	raw, _ := io.ReadAll(io.LimitReader(resp.Body, 64<<10))
	var refusal struct{ Error string }
	if json.Unmarshal(raw, &refusal) != nil || refusal.Error == "" {
		refusal.Error = fmt.Sprintf("%s answered %s", req.URL.Host, resp.Status)
	}
	code := exitFailed
	switch resp.StatusCode {
	case http.StatusPaymentRequired:
		code = exitNoMoney
	case http.StatusServiceUnavailable, http.StatusBadGateway, http.StatusGatewayTimeout:
		code = exitNotRunning
	}
	return nil, &exitError{code, errors.New(refusal.Error)}
}

func short(hex string) string {
	if len(hex) > 10 {
		return hex[:10]
	}
	return hex
}
