package devnet

import (
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/attest/dcap"
	"github.com/phallama/phallama/attest/simulated"
	"github.com/phallama/phallama/chain"
	"github.com/phallama/phallama/internal/devnet/evm"
	"github.com/phallama/phallama/protocol"
)

// startPlatforms serves quotes for the podd that is about to start, whose measurement is the SHA-256 of the file, and
// collateral of the simulated Intel, and has governance allow both. A podd that was tampered with has a measurement of its
// own.
func (n *Network) startPlatforms(ctx, run context.Context) error {
	measurement, err := fileDigest(n.Podd)
	if err != nil {
		return fmt.Errorf("podd's measurement: %w", err)
	}
	n.progress("platform", "SIMULATED quotes for podd, measurement "+measurement.String()[:16]+"…")
	policy, err := json.Marshal(attest.NewPolicy(evm.ChainID, attest.TierSimulated, time.Now().Add(-time.Hour), measurement))
	if err != nil {
		return err
	}
	pcs, err := n.servePCS()
	if err != nil {
		return err
	}
	n.Profile.Policy, n.Profile.Simulated, n.Profile.Collateral = policy, n.platform.RootDER(), []string{pcs}
	if err := n.Profile.Save(n.profilePath()); err != nil {
		return err
	}
	if err := n.serveQuotes(run, measurement, false); err != nil {
		return err
	}
	if err := n.allow(ctx, protocol.Hash(measurement), n.platform.Source(simulated.Enclave{MRENCLAVE: measurement})); err != nil || n.config.Tampered == 0 {
		return err
	}
	if measurement, err = n.tamper(); err != nil {
		return err
	}
	n.progress("tampered", "with another podd, measurement "+measurement.String()[:16]+"…, which no policy lists")
	if err := n.serveQuotes(run, measurement, true); err != nil {
		return err
	}
	return n.allow(ctx, protocol.Hash(measurement), n.platform.Source(simulated.Enclave{MRENCLAVE: measurement}))
}

// serveQuotes has the machines quote a measurement to the pods that run what is measured so.
func (n *Network) serveQuotes(run context.Context, measurement attest.Digest, tampered bool) error {
	served := map[string]bool{}
	for _, p := range n.Pods {
		socket := p.quoteSocket()
		if p.tampered != tampered || served[socket] {
			continue
		}
		served[socket] = true
		machine, err := n.openMachine(p)
		if err != nil {
			return err
		}
		source := machine.Source(simulated.Enclave{MRENCLAVE: measurement})
		listener, err := simulated.Listen(socket)
		if err != nil {
			return err
		}
		go func() {
			if err := simulated.Serve(run, listener, source); err != nil {
				n.fail(fmt.Errorf("quote socket: %w", err))
			}
		}()
	}
	return nil
}

// tamper makes a podd that is not the one of the policy: the same with something at its end, which it does not mind.
func (n *Network) tamper() (attest.Digest, error) {
	program, err := os.ReadFile(n.Podd)
	if err == nil {
		err = os.MkdirAll(filepath.Dir(n.tamperedPodd()), 0o700)
	}
	if err == nil {
		_ = os.Remove(n.tamperedPodd()) // one that still runs stays as it is
		err = os.WriteFile(n.tamperedPodd(), append(program, "tampered with"...), 0o700)
	}
	if err != nil {
		return attest.Digest{}, fmt.Errorf("a podd that is tampered with: %w", err)
	}
	return fileDigest(n.tamperedPodd())
}

func (n *Network) tamperedPodd() string {
	return n.path(filepath.Join("tampered", filepath.Base(n.Podd)))
}

// openMachine loads or makes the platform that a pod runs on. All are certified by the same simulated Intel, which is
// kept with the first.
func (n *Network) openMachine(p *Pod) (*simulated.Platform, error) {
	if p.operator == 1 && p.machine() == 1 {
		return n.platform, nil
	}
	dir := n.path(p.Machine)
	machine, err := simulated.Load(dir, simulated.Config{})
	if errors.Is(err, fs.ErrNotExist) {
		if machine, err = n.platform.NewMachine(simulated.Config{}); err == nil {
			err = machine.Save(dir)
		}
	}
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(machine.RootDER(), n.platform.RootDER()) {
		return nil, fmt.Errorf("the machine in %s is certified by another simulated Intel than the one in %s: remove it to have a new one made", dir, n.path("platform"))
	}
	return machine, nil
}

// servePCS serves the simulated platform's collateral as Intel's service does, on loopback.
func (n *Network) servePCS() (url string, err error) {
	listener, err := Listen("the collateral service", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	server := &http.Server{Handler: n.platform.ServePCS(), ReadHeaderTimeout: 10 * time.Second}
	go func() {
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			n.fail(fmt.Errorf("collateral service: %w", err))
		}
	}()
	n.onClose(server.Close)
	return "http://" + listener.Addr().String(), nil
}

// allow has governance allow podd's measurement and the simulated model of platform, where it does not yet. The devnet's
// timelock does not make it wait.
func (n *Network) allow(ctx context.Context, measurement protocol.Hash, source attest.Source) error {
	governor := chain.NewTransactor(n.Chain, n.keys.deployer)
	var actions []chain.Action
	m, err := n.Chain.MeasurementOf(ctx, measurement)
	switch {
	case err != nil:
		return err
	case m.Status == chain.MeasurementRevoked:
		return fmt.Errorf("governance of this devnet has revoked the measurement of %s, for ever: build another podd, or use another data directory (--data)", n.Podd)
	case m.Status != chain.MeasurementActive:
		actions = append(actions, n.Chain.AddMeasurement(chain.Measurement{MRENCLAVE: measurement, XFRMAllowed: attest.DefaultXFRM}))
	}
	floor, err := simulatedFloor(ctx, source)
	if err != nil {
		return err
	}
	if _, err := n.Chain.FloorOf(ctx, floor.FMSPC); errors.Is(err, chain.ErrNotFound) {
		actions = append(actions, n.Chain.SetFloor(floor))
	} else if err != nil {
		return err
	}
	for _, action := range actions {
		p, err := governor.Propose(ctx, action)
		if err != nil {
			return err
		}
		if _, err := governor.Execute(ctx, p.ID); err != nil {
			return err
		}
	}
	return nil
}

// simulatedFloor is at the security versions that the platform has.
func simulatedFloor(ctx context.Context, source attest.Source) (chain.Floor, error) {
	evidence, err := source.Quote(ctx, [64]byte{})
	if err != nil {
		return chain.Floor{}, err
	}
	_, certificate, err := evidence.Split()
	if err != nil {
		return chain.Floor{}, err
	}
	parsed, err := x509.ParseCertificate(certificate)
	if err != nil {
		return chain.Floor{}, err
	}
	pck, err := dcap.ParsePCK(parsed)
	if err != nil {
		return chain.Floor{}, err
	}
	return chain.Floor{FMSPC: pck.FMSPC, ComponentSVNs: pck.ComponentSVNs, PCESVN: pck.PCESVN}, nil
}

func fileDigest(path string) (attest.Digest, error) {
	file, err := os.Open(path)
	if err != nil {
		return attest.Digest{}, err
	}
	defer file.Close()
	h := sha256.New()
	if _, err := io.Copy(h, file); err != nil {
		return attest.Digest{}, err
	}
	return attest.Digest(h.Sum(nil)), nil
}
