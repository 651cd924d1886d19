package chain

import (
	"context"
	"errors"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/common"

	"github.com/phallama/phallama/chain/bindings/podregistry"
	"github.com/phallama/phallama/protocol"
)

// Register lists a new pod of the account, reachable at url, and pays its stake. Its id is
// protocol.PodID(registry, account, salt).
func (t *Transactor) Register(ctx context.Context, salt protocol.Hash, r protocol.Registration, proof protocol.IdentityProof, url string) (Included, protocol.Address, error) {
	id := protocol.PodID(t.Registry(), t.Address(), salt)
	what := "register pod " + id.String()
	registration, err := toRegistration(id, r, proof, url)
	if err != nil {
		return Included{}, id, fmt.Errorf("%s: %w", what, err)
	}
	stake, err := t.StakeAmount(ctx)
	if err != nil {
		return Included{}, id, err
	}
	receipt, err := t.send(ctx, request{what: what, to: &t.registry, data: t.registryABI.PackRegister(salt, registration), value: stake})
	if err != nil {
		return Included{}, id, err
	}
	return included(receipt), id, nil
}

// Update replaces everything published about a pod. A proof without a quote takes an identity that was admitted before.
// A retired pod comes back on the list; where its stake was taken back it is paid again.
func (t *Transactor) Update(ctx context.Context, pod protocol.Address, r protocol.Registration, proof protocol.IdentityProof, url string) (Included, error) {
	what := "update pod " + pod.String()
	registration, err := toRegistration(pod, r, proof, url)
	if err != nil {
		return Included{}, fmt.Errorf("%s: %w", what, err)
	}
	state, err := t.podState(ctx, pod)
	if err != nil {
		return Included{}, err
	}
	stake, err := t.StakeAmount(ctx)
	if err != nil {
		return Included{}, err
	}
	if state.P.Stake.Cmp(stake) == 0 {
		stake = nil
	}
	receipt, err := t.send(ctx, request{what: what, to: &t.registry, data: t.registryABI.PackUpdate(common.Address(pod), registration), value: stake})
	if err != nil {
		return Included{}, err
	}
	return included(receipt), nil
}

// AdmitIdentity admits another identity of a pod, beside those that it has.
func (t *Transactor) AdmitIdentity(ctx context.Context, pod protocol.Address, r protocol.Registration, proof protocol.IdentityProof) (Included, error) {
	what := "admit an identity of pod " + pod.String()
	attestation, err := toAttestation(r, proof)
	if err != nil {
		return Included{}, fmt.Errorf("%s: %w", what, err)
	}
	return t.do(ctx, what, t.registry, t.registryABI.PackAdmitIdentity(common.Address(pod), attestation))
}

// StakeAmount is what a place on the registry costs, in wei of the chain's own currency.
func (c *Client) StakeAmount(ctx context.Context) (*big.Int, error) {
	return call(ctx, c, "ask for the stake", c.registry, c.registryABI.PackStakeAmount(), c.registryABI.UnpackStakeAmount)
}

// WithdrawStake takes back the stake of a retired pod whose delay is over.
func (t *Transactor) WithdrawStake(ctx context.Context, pod, to protocol.Address) (Included, error) {
	return t.do(ctx, "take back the stake of pod "+pod.String(), t.registry, t.registryABI.PackWithdrawStake(common.Address(pod), common.Address(to)))
}

// PublishKeyConfig publishes the next key config of the pod's current identity.
func (t *Transactor) PublishKeyConfig(ctx context.Context, pod protocol.Address, k protocol.SignedKeyConfig) (Included, error) {
	if k.NotBefore > maxTime || k.NotAfter > maxTime {
		return Included{}, errors.New("publish key config: its times do not fit 40 bits")
	}
	return t.do(ctx, "publish a key config of pod "+pod.String(), t.registry,
		t.registryABI.PackPublishKeyConfig(common.Address(pod), toKeyConfig(k)))
}

// Retire takes a pod off the list.
func (t *Transactor) Retire(ctx context.Context, pod protocol.Address) (Included, error) {
	return t.do(ctx, "retire pod "+pod.String(), t.registry, t.registryABI.PackRetire(common.Address(pod)))
}

// toRegistration converts, and refuses what the contract cannot check or would refuse without a reason.
func toRegistration(pod protocol.Address, r protocol.Registration, proof protocol.IdentityProof, url string) (podregistry.IPodRegistryRegistration, error) {
	none := podregistry.IPodRegistryRegistration{}
	if err := checkPodURL(url); err != nil {
		return none, err
	}
	attestation, err := toAttestation(r, proof)
	if err != nil {
		return none, err
	}
	if r.KeyConfig.NotBefore > maxTime || r.KeyConfig.NotAfter > maxTime {
		return none, errors.New("the registration's times do not fit 40 bits")
	}
	offers := make([]podregistry.IPodRegistryOffer, len(r.Offers))
	for i, o := range r.Offers {
		if o.Pod != pod {
			return none, fmt.Errorf("offer %d is for pod %s: the enclave is configured with another pod id", i, o.Pod)
		}
		if o.ValidUntil > maxTime {
			return none, fmt.Errorf("offer %d: its time does not fit 40 bits", i)
		}
		offers[i] = podregistry.IPodRegistryOffer{
			Model:       o.Model,
			ModelDigest: o.ModelDigest,
			InPerM:      o.InPerM.Big(),
			CachedPerM:  o.CachedPerM.Big(),
			OutPerM:     o.OutPerM.Big(),
			PerRequest:  o.PerRequest.Big(),
			Ctx:         o.Context,
			DefaultOut:  o.DefaultOut,
			MaxOut:      o.MaxOut,
			ValidUntil:  new(big.Int).SetUint64(o.ValidUntil),
			R:           o.Signature.R(),
			Vs:          o.Signature.VS(),
		}
	}
	return podregistry.IPodRegistryRegistration{
		Url:         url,
		Attestation: attestation,
		KeyConfig:   toKeyConfig(r.KeyConfig),
		Offers:      offers,
	}, nil
}

func toAttestation(r protocol.Registration, proof protocol.IdentityProof) (podregistry.IPodRegistryAttestation, error) {
	if r.Kind != protocol.EvidenceSGX && r.Kind != protocol.EvidenceTDX {
		return podregistry.IPodRegistryAttestation{}, fmt.Errorf("want evidence of kind 1 (SGX) or 2 (TDX), got %d", r.Kind)
	}
	if r.ValidUntil > maxTime {
		return podregistry.IPodRegistryAttestation{}, errors.New("the registration's times do not fit 40 bits")
	}
	return podregistry.IPodRegistryAttestation{
		Identity:   common.Address(r.Identity),
		ValidUntil: new(big.Int).SetUint64(r.ValidUntil),
		Kind:       uint8(r.Kind),
		Quote:      proof.Quote,
		PckX:       proof.PCKX,
		PckY:       proof.PCKY,
		Header:     proof.Header,
	}, nil
}

func toKeyConfig(k protocol.SignedKeyConfig) podregistry.IPodRegistryKeyConfig {
	return podregistry.IPodRegistryKeyConfig{
		Config:    k.Config,
		NotBefore: new(big.Int).SetUint64(k.NotBefore),
		NotAfter:  new(big.Int).SetUint64(k.NotAfter),
		Epoch:     k.Epoch,
		R:         k.Signature.R(),
		Vs:        k.Signature.VS(),
	}
}
