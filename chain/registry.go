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

// Register lists a new pod of the account, reachable at url. Its id is protocol.PodID(registry, account, salt).
func (t *Transactor) Register(ctx context.Context, salt protocol.Hash, r protocol.Registration, url string) (Included, protocol.Address, error) {
	id := protocol.PodID(t.Registry(), t.Address(), salt)
	registration, err := toRegistration(id, r, url)
	if err != nil {
		return Included{}, id, fmt.Errorf("register pod %s: %w", id, err)
	}
	done, err := t.do(ctx, "register pod "+id.String(), t.registry, t.registryABI.PackRegister(salt, registration))
	return done, id, err
}

// Update replaces everything published about a pod.
func (t *Transactor) Update(ctx context.Context, pod protocol.Address, r protocol.Registration, url string) (Included, error) {
	registration, err := toRegistration(pod, r, url)
	if err != nil {
		return Included{}, fmt.Errorf("update pod %s: %w", pod, err)
	}
	return t.do(ctx, "update pod "+pod.String(), t.registry, t.registryABI.PackUpdate(common.Address(pod), registration))
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
func toRegistration(pod protocol.Address, r protocol.Registration, url string) (podregistry.IPodRegistryRegistration, error) {
	none := podregistry.IPodRegistryRegistration{}
	if err := checkPodURL(url); err != nil {
		return none, err
	}
	if r.Kind != protocol.EvidenceSGX && r.Kind != protocol.EvidenceTDX {
		return none, fmt.Errorf("want evidence of kind 1 (SGX) or 2 (TDX), got %d", r.Kind)
	}
	if r.ValidUntil > maxTime || r.KeyConfig.NotBefore > maxTime || r.KeyConfig.NotAfter > maxTime {
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
		Url:        url,
		Identity:   common.Address(r.Identity),
		ValidUntil: new(big.Int).SetUint64(r.ValidUntil),
		Kind:       uint8(r.Kind),
		Evidence:   r.Evidence,
		KeyConfig:  toKeyConfig(r.KeyConfig),
		Offers:     offers,
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
