package chain

import (
	"bytes"
	"crypto/x509"
	"errors"
	"testing"
	"time"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/attest/dcap"
	"github.com/phallama/phallama/attest/simulated"
	"github.com/phallama/phallama/protocol"
)

// Gas of whole transactions, intrinsic gas and calldata included, as receipts have it under Osaka's rules.
const (
	maxPlatformGas  = 250_000
	maxAdmissionGas = 150_000
)

// govern proposes and executes an action with the deployer's key: on this chain nothing waits.
func govern(t *testing.T, action Action) {
	t.Helper()
	minting.Lock()
	defer minting.Unlock()
	governor := deployer(t)
	p, err := governor.Propose(t.Context(), action)
	if err != nil {
		t.Fatal(err)
	}
	if p.Done || p.What == "" {
		t.Errorf("proposal: %+v", p)
	}
	if _, err := governor.Execute(t.Context(), p.ID); err != nil {
		t.Fatal(err)
	}
}

// sgxPod is a pod in a simulated SGX enclave, on a machine of its own.
type sgxPod struct {
	enclave
	operator *Transactor
	platform *simulated.Platform
	image    simulated.Enclave
	salt     protocol.Hash
}

func newSGXPod(t *testing.T, mrenclave attest.Digest) *sgxPod {
	t.Helper()
	operator := transactor(t)
	machine, err := world.platform.NewMachine(simulated.Config{})
	if err != nil {
		t.Fatal(err)
	}
	salt := protocol.Keccak256([]byte(t.Name()))
	return &sgxPod{
		enclave:  enclave{newKey(t), operator.Domain(), protocol.PodID(operator.Registry(), operator.Address(), salt)},
		operator: operator, platform: machine, image: simulated.Enclave{MRENCLAVE: mrenclave}, salt: salt,
	}
}

// admission is a registration with a quote over the latest block.
func (p *sgxPod) admission(t *testing.T) (protocol.Registration, protocol.IdentityProof, []byte) {
	t.Helper()
	ctx := t.Context()
	head, err := p.operator.QuoteBlock(ctx)
	if err != nil {
		t.Fatal(err)
	}
	identity := protocol.PodIdentity{
		ChainID: p.domain.ChainID, Registry: p.operator.Registry(), Escrow: p.domain.Escrow, Pod: p.pod, Operator: p.operator.Address(), Enclave: p.Address(),
	}
	evidence, err := p.platform.Source(p.image).Quote(ctx, identity.ReportData(head.Hash))
	if err != nil {
		t.Fatal(err)
	}
	quote, certificate, err := evidence.Split()
	if err != nil {
		t.Fatal(err)
	}
	header, err := p.operator.Header(ctx, head.Hash)
	if err != nil {
		t.Fatal(err)
	}
	proof := protocol.IdentityProof{Quote: quote, Header: header}
	if proof.PCKX, proof.PCKY, err = PCKKey(certificate); err != nil {
		t.Fatal(err)
	}
	r := p.registration()
	r.Kind, r.Evidence = protocol.EvidenceSGX, evidence.Quote
	return r, proof, certificate
}

func floorOf(t *testing.T, certificate []byte) Floor {
	t.Helper()
	cert, err := x509.ParseCertificate(certificate)
	if err != nil {
		t.Fatal(err)
	}
	pck, err := dcap.ParsePCK(cert)
	if err != nil {
		t.Fatal(err)
	}
	return Floor{FMSPC: pck.FMSPC, ComponentSVNs: pck.ComponentSVNs, PCESVN: pck.PCESVN}
}

// TestAdmission registers a pod with a quote that the contract verifies, admits a second identity beside the first, and
// has governance revoke them.
func TestAdmission(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	profile(t)
	mrenclave := attest.Digest{0xad, 1}
	pod := newSGXPod(t, mrenclave)
	r, proof, certificate := pod.admission(t)

	if _, err := pod.operator.Platform(ctx, certificate); !errors.Is(err, ErrNotFound) {
		t.Errorf("a platform before its registration: %v", err)
	}
	register := func() (Included, error) {
		done, _, err := pod.operator.Register(ctx, pod.salt, r, proof, "https://pod.example")
		return done, err
	}
	if _, err := register(); !IsRevert(err, "UnknownPlatform") {
		t.Fatalf("on an unknown platform: %v", err)
	}
	done, err := pod.operator.RegisterPlatform(ctx, certificate)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("gas: %d for a platform", done.GasUsed)
	if done.GasUsed > maxPlatformGas {
		t.Errorf("registering a platform takes %d gas, at most %d", done.GasUsed, maxPlatformGas)
	}
	if again, err := pod.operator.RegisterPlatform(ctx, certificate); err != nil || !again.Tx.IsZero() {
		t.Errorf("a platform again: %+v, %v", again, err)
	}
	platform, err := pod.operator.Platform(ctx, certificate)
	if err != nil || platform.Revoked || platform.Machine.IsZero() {
		t.Fatalf("platform: %+v, %v", platform, err)
	}

	// Another test may have set the floor of the model that all simulated machines are of.
	floor := floorOf(t, certificate)
	govern(t, pod.operator.SetFloor(floor))
	if got, err := pod.operator.FloorOf(ctx, floor.FMSPC); err != nil || got != floor {
		t.Errorf("floor: %+v, %v", got, err)
	}
	if _, err := register(); !IsRevert(err, "MeasurementNotActive") {
		t.Fatalf("with an unlisted measurement: %v", err)
	}
	govern(t, pod.operator.AddMeasurement(Measurement{MRENCLAVE: protocol.Hash(mrenclave), XFRMAllowed: attest.DefaultXFRM}))
	if done, err = register(); err != nil {
		t.Fatal(err)
	}
	t.Logf("gas: %d for a pod with its identity", done.GasUsed)

	record, err := pod.operator.Pod(ctx, pod.pod)
	if err != nil || record.Standing != protocol.StandingGood || !bytes.Equal(record.PCKCertificate, certificate) || !bytes.Equal(record.Evidence, proof.Quote) {
		t.Fatalf("record: %+v, %v", record, err)
	}
	// What the chain holds is a whole quote again, and genuine.
	evidence, err := attest.JoinEvidence(attest.Kind(record.Kind), record.Evidence, record.PCKCertificate)
	if err != nil {
		t.Fatal(err)
	}
	collateral, err := pod.platform.Collateral(dcap.TEESGX)
	if err != nil {
		t.Fatal(err)
	}
	verifier, err := attest.NewSimulatedVerifier(pod.platform.RootDER(), attest.Config{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	if claims, err := verifier.Verify(ctx, evidence, collateral); err != nil || claims.MRENCLAVE != mrenclave {
		t.Errorf("claims: %+v, %v", claims, err)
	}

	// A restarted enclave has another identity, which may settle beside the first.
	first := pod.enclave
	pod.Key = newKey(t)
	r, proof, _ = pod.admission(t)
	admitted, err := pod.operator.AdmitIdentity(ctx, pod.pod, r, proof)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("gas: %d for an identity", admitted.GasUsed)
	if admitted.GasUsed > maxAdmissionGas {
		t.Errorf("admitting an identity takes %d gas, at most %d", admitted.GasUsed, maxAdmissionGas)
	}
	settles := func(e enclave, seq uint64) error {
		_, err := pod.operator.Settle(ctx, emptyHanded(t, e, seq))
		return err
	}
	if err := settles(first, 1); err != nil {
		t.Errorf("the first identity: %v", err)
	}
	if err := settles(pod.enclave, 2); err != nil {
		t.Errorf("the second identity: %v", err)
	}
	if err := settles(enclave{newKey(t), pod.domain, pod.pod}, 3); !IsRevert(err, "BadBatchSignature") {
		t.Errorf("nobody's identity: %v", err)
	}

	// A guardian adds nothing, and revokes at once.
	minting.Lock()
	defer minting.Unlock()
	guardian := deployer(t)
	if _, err := guardian.Act(ctx, pod.operator.AddMeasurement(Measurement{MRENCLAVE: protocol.Hash{9}})); !IsRevert(err, "NotGovernor") {
		t.Errorf("a guardian adds: %v", err)
	}
	if _, err := pod.operator.Act(ctx, pod.operator.RevokeMeasurement(protocol.Hash(mrenclave))); !IsRevert(err, "NotGovernance") {
		t.Errorf("an operator revokes: %v", err)
	}
	if _, err := guardian.Act(ctx, pod.operator.RevokeMeasurement(protocol.Hash(mrenclave))); err != nil {
		t.Fatal(err)
	}
	if err := settles(pod.enclave, 3); !IsRevert(err, "IdentityRevoked") {
		t.Errorf("settled after the revocation: %v", err)
	}
	if record, err = pod.operator.Pod(ctx, pod.pod); err != nil || record.Standing != protocol.StandingMeasurementRevoked {
		t.Errorf("record after the revocation: %v, %v", record.Standing, err)
	}
	if _, err := guardian.Act(ctx, pod.operator.RevokeMachine(platform.Machine)); err != nil {
		t.Fatal(err)
	}
	if platform, err = pod.operator.Platform(ctx, certificate); err != nil || !platform.Revoked {
		t.Errorf("platform after its machine's revocation: %+v, %v", platform, err)
	}
	governance, err := pod.operator.Governance(ctx)
	if err != nil {
		t.Fatal(err)
	}
	found := false
	for _, m := range governance.Measurements {
		found = found || m.MRENCLAVE == protocol.Hash(mrenclave) && m.Status == MeasurementRevoked
	}
	if !found || governance.Guardian != guardian.Address() || governance.QEFloor != DefaultQEFloor {
		t.Errorf("governance: %+v", governance)
	}
	if _, err := guardian.Execute(ctx, protocol.Hash{1}); !errors.Is(err, ErrNotFound) {
		t.Errorf("executed what nobody proposed: %v", err)
	}
}

// emptyHanded is a batch whose one row moves nothing: it is skipped, and the batch counts.
func emptyHanded(t *testing.T, e enclave, seq uint64) protocol.SignedBatch {
	t.Helper()
	batch := protocol.Batch{Pod: e.pod, Seq: seq, Rows: []protocol.Row{{}}}
	return protocol.SignedBatch{Batch: batch, Signature: e.Sign(e.domain.Digest(batch.TypedData()))}
}
