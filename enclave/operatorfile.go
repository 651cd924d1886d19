package enclave

import (
	"fmt"

	"github.com/phallama/phallama/protocol"
)

// operatorSettings are what an operator may set without changing the measurement: Config.OperatorFile is not part of it,
// and the host can write into it what it likes. Nothing here is taken on trust. The quote binds Pod and Operator, and
// clients look for both in the registry. The enclave signs Offers, and each receipt is held against them. The rest is
// where the pod listens, and how much it does at once.
type operatorSettings struct {
	Pod          protocol.Address `json:"pod"`
	Operator     protocol.Address `json:"operator"`
	Listen       string           `json:"listen"`
	Control      string           `json:"control"`
	ControlToken string           `json:"controlToken"`
	Offers       []Offer          `json:"offers"`
	Slots        int              `json:"slots"`
	Queue        int              `json:"queue"`
}

// takeOperatorFile adds what the operator set. What the configuration sets itself is measured, and stays: the operator's
// file may not have it.
func (c *Config) takeOperatorFile() error {
	if c.OperatorFile == "" {
		return nil
	}
	raw, err := readLimited(c.OperatorFile)
	if err != nil {
		return fmt.Errorf("operatorFile: %w", err)
	}
	var s operatorSettings
	if err := decodeStrict(raw, &s); err != nil {
		return fmt.Errorf("operatorFile %s: want pod, operator, listen, control, controlToken, offers, slots and queue at most: %w", c.OperatorFile, err)
	}
	for _, field := range []struct {
		name           string
		measured, here bool
		take           func()
	}{
		{"pod", !c.Pod.IsZero(), !s.Pod.IsZero(), func() { c.Pod = s.Pod }},
		{"operator", !c.Operator.IsZero(), !s.Operator.IsZero(), func() { c.Operator = s.Operator }},
		{"listen", c.Listen != "", s.Listen != "", func() { c.Listen = s.Listen }},
		{"control", c.Control != "", s.Control != "", func() { c.Control = s.Control }},
		{"controlToken", c.ControlToken != "", s.ControlToken != "", func() { c.ControlToken = s.ControlToken }},
		{"offers", len(c.Offers) > 0, len(s.Offers) > 0, func() { c.Offers = s.Offers }},
		{"slots", c.Slots != 0, s.Slots != 0, func() { c.Slots = s.Slots }},
		{"queue", c.Queue != 0, s.Queue != 0, func() { c.Queue = s.Queue }},
	} {
		switch {
		case field.measured && field.here:
			return fmt.Errorf("operatorFile %s: %s is set by the measured configuration: take it out of this file", c.OperatorFile, field.name)
		case field.here:
			field.take()
		}
	}
	c.OperatorFile = "" // it is read once: the host may change it
	return nil
}

// CheckMeasured holds a configuration, before an enclave is made of it, against what an enclave under Gramine needs: all
// that the operator must not decide is there, quotes and the ledger's key are Gramine's, and the rest is left to the
// operator's file. gramine, operatorFile, models and state are their places in the enclave.
func CheckMeasured(raw []byte, gramine, operatorFile, models, state string) error {
	var c Config
	if err := decodeStrict(raw, &c); err != nil {
		return err
	}
	for _, place := range []struct{ name, got, want string }{
		{"gramine", c.Gramine, gramine},
		{"stateKey.source", c.StateKey.Source, keyFromGramine},
		{"stateKey.path", c.StateKey.Path, gramine},
		{"operatorFile", c.OperatorFile, operatorFile},
		{"models", c.Models, models},
		{"state", c.State, state},
		{"engineSocket", c.EngineSocket, ""}, // the engine is in the process
		{"controlToken", c.ControlToken, ""}, // a measured file is public
		{"listen", c.Listen, ""},             // the host's addresses are the operator's
		{"control", c.Control, ""},
	} {
		if place.got != place.want {
			if place.name == "controlToken" {
				place.got = "one"
			}
			return fmt.Errorf("%s: expected %q in a measured configuration, got %q (docs/operate/enclave.md)", place.name, place.want, place.got)
		}
	}
	// The rest is checked as at the start, with stand-ins for what the operator may set.
	c.OperatorFile = ""
	c.Listen, c.Control, c.ControlToken = "127.0.0.1:0", "127.0.0.1:0", "a stand-in for a token"
	if c.Pod.IsZero() {
		c.Pod[0] = 1
	}
	if c.Operator.IsZero() {
		c.Operator[0] = 1
	}
	if len(c.Offers) == 0 {
		c.Offers = []Offer{{Model: "any", Context: 1}}
	}
	return c.complete()
}
