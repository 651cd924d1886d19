package devnet_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/attest/dcap"
	"github.com/phallama/phallama/attest/simulated"
	"github.com/phallama/phallama/egress"
	"github.com/phallama/phallama/internal/devnet"
	"github.com/phallama/phallama/internal/devnet/evm"
	"github.com/phallama/phallama/network"
	"github.com/phallama/phallama/protocol"
)

// places are who has collateral: pods, and a service.
type places struct {
	*testing.T
	platform *simulated.Platform
	evidence attest.Evidence
	needs    attest.CollateralID
	service  *httptest.Server
	asked    int // of the service's TCB info
}

func newPlaces(t *testing.T) *places {
	t.Helper()
	p := &places{T: t, platform: newSimulated(t, time.Now)}
	var err error
	if p.evidence, err = p.platform.Source(simulated.Enclave{}).Quote(t.Context(), [64]byte{}); err != nil {
		t.Fatal(err)
	}
	if p.needs, err = p.evidence.Needs(); err != nil {
		t.Fatal(err)
	}
	pcs := p.platform.ServePCS()
	p.service = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/sgx/certification/v4/tcb" {
			p.asked++
		}
		pcs.ServeHTTP(w, r)
	}))
	t.Cleanup(p.service.Close)
	return p
}

func newSimulated(t *testing.T, now func() time.Time) *simulated.Platform {
	t.Helper()
	p, err := simulated.New(simulated.Config{Now: now})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// pod serves a platform's collateral as a pod does.
func (p *places) pod(of *simulated.Platform) string {
	p.Helper()
	c, err := of.Collateral(dcap.TEESGX)
	if err != nil {
		p.Fatal(err)
	}
	text, err := json.Marshal(c)
	if err != nil {
		p.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+protocol.PathAttestation, func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintf(w, `{"collateral":%s,"endorsements":[]}`, text)
	})
	server := httptest.NewServer(mux)
	p.Cleanup(server.Close)
	return server.URL
}

func (p *places) open(dir string, services ...string) *devnet.Collateral {
	p.Helper()
	c, err := devnet.NewCollateral(network.Profile{ChainID: evm.ChainID, Collateral: services}, dir)
	if err != nil {
		p.Fatal(err)
	}
	return c
}

// verify verifies the evidence with what comes for that pod.
func (p *places) verify(c *devnet.Collateral, pod string) error {
	p.Helper()
	verifier, err := attest.NewSimulatedVerifier(p.platform.RootDER(), attest.Config{Now: time.Now})
	if err != nil {
		p.Fatal(err)
	}
	got, err := c.Collateral(p.Context(), p.needs, pod)
	if err != nil {
		return err
	}
	_, err = verifier.Verify(p.Context(), p.evidence, got)
	return err
}

// A pod that serves forged collateral is refused, and no other pod is because of it.
func TestForgedCollateralHurtsItsPodOnly(t *testing.T) {
	p := newPlaces(t)
	dir := t.TempDir()
	c := p.open(dir, p.service.URL)
	forger := p.pod(newSimulated(t, time.Now)) // another root, the same model of platform, good dates
	honest := p.pod(p.platform)
	if err := p.verify(c, forger); err == nil {
		t.Fatal("forged collateral verifies")
	}
	if err := p.verify(c, honest); err != nil {
		t.Errorf("an honest pod is refused after a forger was asked: %v", err)
	}
	if files, err := os.ReadDir(dir); err != nil || len(files) != 0 || p.asked != 0 {
		t.Errorf("kept %v, %v; the service was asked %d times", files, err, p.asked)
	}
}

// Off development chains a pod is asked at an address of the public Internet or not at all, wherever its URL leads.
func TestPodsOfOnesOwnNetworkAreNotAsked(t *testing.T) {
	p := newPlaces(t)
	c, err := devnet.NewCollateral(network.Profile{ChainID: 2035}, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if err := p.verify(c, p.pod(p.platform)); err == nil || !strings.Contains(err.Error(), egress.ErrAddress.Error()) {
		t.Errorf("got %v", err)
	}
}

// Where a pod has nothing good, the services are asked, and what they say is kept, also for when they are away.
func TestCollateralOfServices(t *testing.T) {
	p := newPlaces(t)
	dir := t.TempDir()
	c := p.open(dir, p.service.URL)
	stale := p.pod(newSimulated(t, func() time.Time { return time.Now().Add(-60 * 24 * time.Hour) }))
	for range 2 {
		if err := p.verify(c, stale); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.verify(c, ""); err != nil || p.asked != 1 {
		t.Errorf("got %v; the service was asked %d times", err, p.asked)
	}
	p.service.Close()
	again := p.open(dir, p.service.URL)
	if err := p.verify(again, p.pod(newSimulated(t, time.Now))); err != nil {
		t.Errorf("what is kept does not come before a pod's own: %v", err)
	}
	if err := p.verify(p.open(t.TempDir()), p.pod(p.platform)); err != nil {
		t.Errorf("without services: %v", err)
	}
	if err := p.verify(p.open(t.TempDir()), ""); err == nil {
		t.Error("collateral came from nowhere")
	}
}
