// Code generated via abigen V2 - DO NOT EDIT.
// This file is a generated binding and any manual changes will be lost.

// Package podregistry holds the generated binding of contracts/src/PodRegistry.sol: the list of pods.
package podregistry

import (
	"bytes"
	"errors"
	"math/big"

	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
)

// Reference imports to suppress errors if they are not otherwise used.
var (
	_ = bytes.Equal
	_ = errors.New
	_ = big.NewInt
	_ = common.Big1
	_ = types.BloomLookup
	_ = abi.ConvertType
)

// IPodRegistryAttestation is an auto generated low-level Go binding around an user-defined struct.
type IPodRegistryAttestation struct {
	Identity   common.Address
	ValidUntil *big.Int
	Kind       uint8
	Quote      []byte
	PckX       [32]byte
	PckY       [32]byte
	Header     []byte
}

// IPodRegistryIdentity is an auto generated low-level Go binding around an user-defined struct.
type IPodRegistryIdentity struct {
	Pod         common.Address
	ValidUntil  *big.Int
	Measurement uint16
	Platform    uint32
	AdmittedAt  *big.Int
	QuotedAt    *big.Int
	PlatformAt  *big.Int
	Kind        uint8
}

// IPodRegistryKeyConfig is an auto generated low-level Go binding around an user-defined struct.
type IPodRegistryKeyConfig struct {
	Config    []byte
	NotBefore *big.Int
	NotAfter  *big.Int
	Epoch     uint64
	R         [32]byte
	Vs        [32]byte
}

// IPodRegistryOffer is an auto generated low-level Go binding around an user-defined struct.
type IPodRegistryOffer struct {
	Model       string
	ModelDigest [32]byte
	InPerM      *big.Int
	CachedPerM  *big.Int
	OutPerM     *big.Int
	PerRequest  *big.Int
	Ctx         uint32
	DefaultOut  uint32
	MaxOut      uint32
	ValidUntil  *big.Int
	R           [32]byte
	Vs          [32]byte
}

// IPodRegistryPod is an auto generated low-level Go binding around an user-defined struct.
type IPodRegistryPod struct {
	Operator       common.Address
	Number         uint32
	KeyConfigBlock *big.Int
	Retired        bool
	Identity       common.Address
	OffersBlock    *big.Int
	Platform       uint32
	Stake          *big.Int
	UnstakeAt      *big.Int
	RecordBlock    *big.Int
	KeyConfigHash  [32]byte
	OffersHash     [32]byte
	Url            string
}

// IPodRegistryRegistration is an auto generated low-level Go binding around an user-defined struct.
type IPodRegistryRegistration struct {
	Url         string
	Attestation IPodRegistryAttestation
	KeyConfig   IPodRegistryKeyConfig
	Offers      []IPodRegistryOffer
}

// PodRegistryMetaData contains all meta data concerning the PodRegistry contract.
var PodRegistryMetaData = bind.MetaData{
	ABI: "[{\"type\":\"constructor\",\"inputs\":[{\"name\":\"escrow_\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"verifier_\",\"type\":\"address\",\"internalType\":\"contractISgxQuoteVerifier\"},{\"name\":\"stakeAmount_\",\"type\":\"uint96\",\"internalType\":\"uint96\"}],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"MAX_CONFIG_BYTES\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"MAX_EVIDENCE_BYTES\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"MAX_IDENTITY_LIFETIME\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"MAX_MODEL_BYTES\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"MAX_OFFERS\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"MAX_PODS_PER_MACHINE\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"MAX_QUOTE_AGE\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"MAX_URL_BYTES\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"UNSTAKE_DELAY\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint40\",\"internalType\":\"uint40\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"admitIdentity\",\"inputs\":[{\"name\":\"id\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"attestation\",\"type\":\"tuple\",\"internalType\":\"structIPodRegistry.Attestation\",\"components\":[{\"name\":\"identity\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"validUntil\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"kind\",\"type\":\"uint8\",\"internalType\":\"uint8\"},{\"name\":\"quote\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"pckX\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"pckY\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"header\",\"type\":\"bytes\",\"internalType\":\"bytes\"}]}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"epoch\",\"inputs\":[{\"name\":\"identity\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint64\",\"internalType\":\"uint64\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"escrow\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"address\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"identityOf\",\"inputs\":[{\"name\":\"identity\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[{\"name\":\"\",\"type\":\"tuple\",\"internalType\":\"structIPodRegistry.Identity\",\"components\":[{\"name\":\"pod\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"validUntil\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"measurement\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"platform\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"admittedAt\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"quotedAt\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"platformAt\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"kind\",\"type\":\"uint8\",\"internalType\":\"uint8\"}]}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"livePods\",\"inputs\":[{\"name\":\"machine\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"noteRevocation\",\"inputs\":[],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"numberOf\",\"inputs\":[{\"name\":\"id\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint32\",\"internalType\":\"uint32\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"operatorOf\",\"inputs\":[{\"name\":\"id\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"address\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"pod\",\"inputs\":[{\"name\":\"id\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[{\"name\":\"p\",\"type\":\"tuple\",\"internalType\":\"structIPodRegistry.Pod\",\"components\":[{\"name\":\"operator\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"number\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"keyConfigBlock\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"retired\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"identity\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"offersBlock\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"platform\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"stake\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"unstakeAt\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"recordBlock\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"keyConfigHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"offersHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"url\",\"type\":\"string\",\"internalType\":\"string\"}]},{\"name\":\"i\",\"type\":\"tuple\",\"internalType\":\"structIPodRegistry.Identity\",\"components\":[{\"name\":\"pod\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"validUntil\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"measurement\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"platform\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"admittedAt\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"quotedAt\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"platformAt\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"kind\",\"type\":\"uint8\",\"internalType\":\"uint8\"}]},{\"name\":\"standing\",\"type\":\"uint8\",\"internalType\":\"enumIPodRegistry.Standing\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"podCount\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"podId\",\"inputs\":[{\"name\":\"operator\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"salt\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"address\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"pods\",\"inputs\":[{\"name\":\"offset\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"limit\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[{\"name\":\"ids\",\"type\":\"address[]\",\"internalType\":\"address[]\"},{\"name\":\"page\",\"type\":\"tuple[]\",\"internalType\":\"structIPodRegistry.Pod[]\",\"components\":[{\"name\":\"operator\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"number\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"keyConfigBlock\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"retired\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"identity\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"offersBlock\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"platform\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"stake\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"unstakeAt\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"recordBlock\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"keyConfigHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"offersHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"url\",\"type\":\"string\",\"internalType\":\"string\"}]},{\"name\":\"identities\",\"type\":\"tuple[]\",\"internalType\":\"structIPodRegistry.Identity[]\",\"components\":[{\"name\":\"pod\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"validUntil\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"measurement\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"platform\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"admittedAt\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"quotedAt\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"platformAt\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"kind\",\"type\":\"uint8\",\"internalType\":\"uint8\"}]},{\"name\":\"standings\",\"type\":\"uint8[]\",\"internalType\":\"enumIPodRegistry.Standing[]\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"publishKeyConfig\",\"inputs\":[{\"name\":\"id\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"keyConfig\",\"type\":\"tuple\",\"internalType\":\"structIPodRegistry.KeyConfig\",\"components\":[{\"name\":\"config\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"notBefore\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"notAfter\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"epoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"r\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"vs\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"publishOffers\",\"inputs\":[{\"name\":\"id\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"offers\",\"type\":\"tuple[]\",\"internalType\":\"structIPodRegistry.Offer[]\",\"components\":[{\"name\":\"model\",\"type\":\"string\",\"internalType\":\"string\"},{\"name\":\"modelDigest\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"inPerM\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"cachedPerM\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"outPerM\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"perRequest\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"ctx\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"defaultOut\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"maxOut\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"validUntil\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"r\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"vs\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"publishRelay\",\"inputs\":[{\"name\":\"url\",\"type\":\"string\",\"internalType\":\"string\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"register\",\"inputs\":[{\"name\":\"salt\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"registration\",\"type\":\"tuple\",\"internalType\":\"structIPodRegistry.Registration\",\"components\":[{\"name\":\"url\",\"type\":\"string\",\"internalType\":\"string\"},{\"name\":\"attestation\",\"type\":\"tuple\",\"internalType\":\"structIPodRegistry.Attestation\",\"components\":[{\"name\":\"identity\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"validUntil\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"kind\",\"type\":\"uint8\",\"internalType\":\"uint8\"},{\"name\":\"quote\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"pckX\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"pckY\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"header\",\"type\":\"bytes\",\"internalType\":\"bytes\"}]},{\"name\":\"keyConfig\",\"type\":\"tuple\",\"internalType\":\"structIPodRegistry.KeyConfig\",\"components\":[{\"name\":\"config\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"notBefore\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"notAfter\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"epoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"r\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"vs\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"name\":\"offers\",\"type\":\"tuple[]\",\"internalType\":\"structIPodRegistry.Offer[]\",\"components\":[{\"name\":\"model\",\"type\":\"string\",\"internalType\":\"string\"},{\"name\":\"modelDigest\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"inPerM\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"cachedPerM\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"outPerM\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"perRequest\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"ctx\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"defaultOut\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"maxOut\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"validUntil\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"r\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"vs\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]}]}],\"outputs\":[{\"name\":\"id\",\"type\":\"address\",\"internalType\":\"address\"}],\"stateMutability\":\"payable\"},{\"type\":\"function\",\"name\":\"relayUrlOf\",\"inputs\":[{\"name\":\"operator\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[{\"name\":\"url\",\"type\":\"string\",\"internalType\":\"string\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"retire\",\"inputs\":[{\"name\":\"id\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"settlementKey\",\"inputs\":[{\"name\":\"identity\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[{\"name\":\"number\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"validUntil\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"standing\",\"type\":\"uint8\",\"internalType\":\"enumIPodRegistry.Standing\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"stakeAmount\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint96\",\"internalType\":\"uint96\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"update\",\"inputs\":[{\"name\":\"id\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"registration\",\"type\":\"tuple\",\"internalType\":\"structIPodRegistry.Registration\",\"components\":[{\"name\":\"url\",\"type\":\"string\",\"internalType\":\"string\"},{\"name\":\"attestation\",\"type\":\"tuple\",\"internalType\":\"structIPodRegistry.Attestation\",\"components\":[{\"name\":\"identity\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"validUntil\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"kind\",\"type\":\"uint8\",\"internalType\":\"uint8\"},{\"name\":\"quote\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"pckX\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"pckY\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"header\",\"type\":\"bytes\",\"internalType\":\"bytes\"}]},{\"name\":\"keyConfig\",\"type\":\"tuple\",\"internalType\":\"structIPodRegistry.KeyConfig\",\"components\":[{\"name\":\"config\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"notBefore\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"notAfter\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"epoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"r\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"vs\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"name\":\"offers\",\"type\":\"tuple[]\",\"internalType\":\"structIPodRegistry.Offer[]\",\"components\":[{\"name\":\"model\",\"type\":\"string\",\"internalType\":\"string\"},{\"name\":\"modelDigest\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"inPerM\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"cachedPerM\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"outPerM\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"perRequest\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"ctx\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"defaultOut\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"maxOut\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"validUntil\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"r\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"vs\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]}]}],\"outputs\":[],\"stateMutability\":\"payable\"},{\"type\":\"function\",\"name\":\"verifier\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"contractISgxQuoteVerifier\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"withdrawStake\",\"inputs\":[{\"name\":\"id\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"to\",\"type\":\"address\",\"internalType\":\"addresspayable\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"event\",\"name\":\"IdentityAdmitted\",\"inputs\":[{\"name\":\"pod\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"identity\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"platform\",\"type\":\"uint32\",\"indexed\":true,\"internalType\":\"uint32\"},{\"name\":\"validUntil\",\"type\":\"uint40\",\"indexed\":false,\"internalType\":\"uint40\"},{\"name\":\"kind\",\"type\":\"uint8\",\"indexed\":false,\"internalType\":\"uint8\"},{\"name\":\"quote\",\"type\":\"bytes\",\"indexed\":false,\"internalType\":\"bytes\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"KeyConfigPublished\",\"inputs\":[{\"name\":\"pod\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"keyConfigHash\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"keyConfig\",\"type\":\"tuple\",\"indexed\":false,\"internalType\":\"structIPodRegistry.KeyConfig\",\"components\":[{\"name\":\"config\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"notBefore\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"notAfter\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"epoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"r\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"vs\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"OffersPublished\",\"inputs\":[{\"name\":\"pod\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"offersHash\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"offers\",\"type\":\"tuple[]\",\"indexed\":false,\"internalType\":\"structIPodRegistry.Offer[]\",\"components\":[{\"name\":\"model\",\"type\":\"string\",\"internalType\":\"string\"},{\"name\":\"modelDigest\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"inPerM\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"cachedPerM\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"outPerM\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"perRequest\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"ctx\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"defaultOut\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"maxOut\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"validUntil\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"r\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"vs\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"PodRetired\",\"inputs\":[{\"name\":\"pod\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"unstakeAt\",\"type\":\"uint40\",\"indexed\":false,\"internalType\":\"uint40\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"PodUpdated\",\"inputs\":[{\"name\":\"pod\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"operator\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"identity\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"url\",\"type\":\"string\",\"indexed\":false,\"internalType\":\"string\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"RelayPublished\",\"inputs\":[{\"name\":\"operator\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"url\",\"type\":\"string\",\"indexed\":false,\"internalType\":\"string\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"StakeWithdrawn\",\"inputs\":[{\"name\":\"pod\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"to\",\"type\":\"address\",\"indexed\":false,\"internalType\":\"address\"},{\"name\":\"amount\",\"type\":\"uint96\",\"indexed\":false,\"internalType\":\"uint96\"}],\"anonymous\":false},{\"type\":\"error\",\"name\":\"BadHeader\",\"inputs\":[{\"name\":\"offset\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"BadIdentity\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"BadKind\",\"inputs\":[{\"name\":\"kind\",\"type\":\"uint8\",\"internalType\":\"uint8\"}]},{\"type\":\"error\",\"name\":\"BadLifetime\",\"inputs\":[{\"name\":\"validUntil\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"latest\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"BadReportData\",\"inputs\":[{\"name\":\"expected\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"actual\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"type\":\"error\",\"name\":\"BadSignature\",\"inputs\":[{\"name\":\"record\",\"type\":\"string\",\"internalType\":\"string\"}]},{\"type\":\"error\",\"name\":\"IdentityNotAdmitted\",\"inputs\":[{\"name\":\"identity\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"pod\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"IdentityTaken\",\"inputs\":[{\"name\":\"identity\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"pod\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"NoOffers\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"NotOperator\",\"inputs\":[{\"name\":\"pod\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"caller\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"NotRetired\",\"inputs\":[{\"name\":\"pod\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"NotVerifier\",\"inputs\":[{\"name\":\"caller\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"PodExists\",\"inputs\":[{\"name\":\"pod\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"PodIsRetired\",\"inputs\":[{\"name\":\"pod\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"StakeLocked\",\"inputs\":[{\"name\":\"pod\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"until\",\"type\":\"uint40\",\"internalType\":\"uint40\"}]},{\"type\":\"error\",\"name\":\"StakeTransferFailed\",\"inputs\":[{\"name\":\"to\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"StaleBlock\",\"inputs\":[{\"name\":\"number\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"StaleEpoch\",\"inputs\":[{\"name\":\"epoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"current\",\"type\":\"uint64\",\"internalType\":\"uint64\"}]},{\"type\":\"error\",\"name\":\"StaleQuote\",\"inputs\":[{\"name\":\"quotedAt\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"TdxNotVerified\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"TooLong\",\"inputs\":[{\"name\":\"field\",\"type\":\"string\",\"internalType\":\"string\"},{\"name\":\"length\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"limit\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"TooManyPods\",\"inputs\":[{\"name\":\"machine\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"limit\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"UnknownPod\",\"inputs\":[{\"name\":\"pod\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"WrongStake\",\"inputs\":[{\"name\":\"paid\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"stake\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"WrongVerifier\",\"inputs\":[{\"name\":\"verifier\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"itsRegistry\",\"type\":\"address\",\"internalType\":\"address\"}]}]",
	ID:  "PodRegistry",
	Bin: "0x60e0806040523461018157606081614d67803803809161001f82856101d2565b8339810103126101815761003281610209565b60208201516001600160a01b038116929091908383036101815760400151926001600160601b038416840361018157604051637b10399960e01b8152602081600481855afa90811561018d575f91610198575b50306001600160a01b039091160361010a575060805260a05260c052604051614b49908161021e8239608051818181610532015281816128c70152613020015260a05181818161183401528181611b610152818161272701528181612f83015281816144fc015281816146530152614761015260c0518181816115c001526138db0152f35b604051637b10399960e01b815290602082600481845afa91821561018d575f9261014d575b5063d98bb30160e01b5f5260045260018060a01b031660245260445ffd5b9091506020813d602011610185575b81610169602093836101d2565b810103126101815761017a90610209565b908261012f565b5f80fd5b3d915061015c565b6040513d5f823e3d90fd5b90506020813d6020116101ca575b816101b3602093836101d2565b81010312610181576101c490610209565b5f610085565b3d91506101a6565b601f909101601f19168101906001600160401b038211908210176101f557604052565b634e487b7160e01b5f52604160045260245ffd5b51906001600160a01b03821682036101815756fe6080806040526004361015610012575f80fd5b5f3560e01c9081630f0ed9bd14611d0e57508063136fdf3014611cc65780631b1043c814611c8c578063260871db14611b855780632b7ac3f314611b1757806330cf1d3c14611add57806331f2a4df146119e35780633ac139d9146119095780633b124547146118d0578063441381af146117ef5780634479a02b146117b65780634c2e4423146115e457806360c7dc471461157e578063636f35d3146115055780636d58edbf14610ec15780636f4fce3b14610e295780637ddf13ec146104ad5780637f9a753014610def5780638b810c3614610d835780638c4fc5ef14610bbb5780639e6371ba14610b7a578063b36f9705146109aa578063b434535b14610971578063b948d084146106a7578063c6345626146105d1578063dec0304414610556578063e2fdcc17146104e8578063e35e5d84146104ad578063e4fe666614610472578063f23851a914610438578063f39c91ef146101e35763f548c3501461017c575f80fd5b346101df5760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101df5760206101c16101b8611d76565b60243590612645565b73ffffffffffffffffffffffffffffffffffffffff60405191168152f35b5f80fd5b346101df5760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101df5760043567ffffffffffffffff81116101df57366023820112156101df57806004013567ffffffffffffffff81116101df5736602482840101116101df576102608161025b6125cc565b614878565b335f52600260205260405f20916102778354611f10565b601f81116103e7575b505f92601f831160011461031c579061030991837f5a1d9b3a93a458e484ac4336802153aca510a040760ef422bdb157bc64cc2ee994955f9161030e575b508560011b907fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff8760031b1c19161790555b6040519182916020835233956024602085019201612607565b0390a2005b6024915083010135866102be565b7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe08316815f5260205f20905f5b8181106103cc57509084957f5a1d9b3a93a458e484ac4336802153aca510a040760ef422bdb157bc64cc2ee99561030995949310610391575b5050600185811b0190556102f0565b60247fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff60f88960031b161c1991850101351690558580610382565b84870160240135835560209687019660019093019201610349565b8281111561028057835f5260205f20601f840160051c9060208510610430575b81601f9101920160051c03905f5b828110610423575050610280565b5f82820155600101610415565b5f9150610407565b346101df575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101df5760206040516101008152f35b346101df575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101df576020600654604051908152f35b346101df575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101df57602060405162093a808152f35b346101df575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101df57602060405173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b346101df5760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101df5773ffffffffffffffffffffffffffffffffffffffff6105a2611d76565b165f5260026020526105cd6105b960405f20612015565b604051918291602083526020830190611dd0565b0390f35b346101df5760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101df5761010061061361060e611d76565b612431565b6106a5604051809260ff60e0809273ffffffffffffffffffffffffffffffffffffffff815116855264ffffffffff602082015116602086015261ffff604082015116604086015263ffffffff606082015116606086015264ffffffffff608082015116608086015264ffffffffff60a08201511660a086015264ffffffffff60c08201511660c0860152015116910152565bf35b346101df5760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101df576108ce6106fb6106e4611d76565b6106ec612187565b506106f56121e6565b50614809565b6040519061070882611f7e565b6108b581549173ffffffffffffffffffffffffffffffffffffffff8316845260ff602085019363ffffffff8160a01c16855264ffffffffff8160c01c16604087015260e81c16151560608501526107ed600560018301549263ffffffff608088019473ffffffffffffffffffffffffffffffffffffffff8116865264ffffffffff8160a01c1660a08a015260c81c1660c088015264ffffffffff60028201546bffffffffffffffffffffffff811660e08a0152818160601c166101008a015260881c166101208801526003810154610140880152600481015461016088015201612015565b61018085015273ffffffffffffffffffffffffffffffffffffffff63ffffffff61081982845116612431565b9451169151165f52600560205260405f20906040519161083883611f61565b5463ffffffff8116835264ffffffffff8160201c16602084015263ffffffff8160481c16604084015261ffff8160681c16606084015262ffffff8160781c16608084015260ff8160901c1660a084015264ffffffffff8160981c1660c084015263ffffffff8160c01c1660e084015260e01c610100830152612689565b61095e6040519485946101408652610140860190611e13565b92602085019060ff60e0809273ffffffffffffffffffffffffffffffffffffffff815116855264ffffffffff602082015116602086015261ffff604082015116604086015263ffffffff606082015116606086015264ffffffffff608082015116608086015264ffffffffff60a08201511660a086015264ffffffffff60c08201511660c0860152015116910152565b61096781611d99565b6101208301520390f35b346101df575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101df57602060405160408152f35b346101df5760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101df576109e1611d76565b6024359073ffffffffffffffffffffffffffffffffffffffff82168092036101df57610a0c81612812565b60ff815460e81c1615610b385760020190815464ffffffffff8160601c16804210610af357505f809381936bffffffffffffffffffffffff839416917fffffffffffffffffffffffffffffffffffffffff00000000000000000000000081541690557fcb4980f3d99f91eefd64011186d3c941533eb8e28989b14afc5c5713c4f1e55f604073ffffffffffffffffffffffffffffffffffffffff8151938a85528560208601521692a2855af1610ac06123cb565b5015610ac857005b7fd1b15cf6000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b73ffffffffffffffffffffffffffffffffffffffff837f5de76471000000000000000000000000000000000000000000000000000000005f521660045260245260445ffd5b73ffffffffffffffffffffffffffffffffffffffff827fb2574ceb000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b346101df5760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101df57610bb9610bb4611d76565b61227b565b005b60407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101df5760243567ffffffffffffffff81116101df5760807ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc82360301126101df57610c2f60043533612645565b73ffffffffffffffffffffffffffffffffffffffff811690815f52600460205260405f209073ffffffffffffffffffffffffffffffffffffffff825416610d57576006549168010000000000000000831015610d2a57602094610c9b846001610d229601600655612222565b815473ffffffffffffffffffffffffffffffffffffffff60039290921b91821b19169087901b17905560065482547fffffffffffffffff0000000000000000000000000000000000000000000000001660a09190911b77ffffffff0000000000000000000000000000000000000000161733178255610d19826138c6565b6004019161399d565b604051908152f35b7f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b827f924d0398000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b346101df5760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101df5773ffffffffffffffffffffffffffffffffffffffff610dcf611d76565b165f525f602052602067ffffffffffffffff60405f205416604051908152f35b346101df575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101df5760206040516140008152f35b346101df5760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101df57610e60611d76565b60243567ffffffffffffffff81116101df57366023820112156101df5780600401359067ffffffffffffffff82116101df573660248360051b830101116101df57826024610eb0610bb995612812565b920191610ebb612884565b91613dea565b346101df5760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101df576004356024356006548083105f146114fe5782810390811161147f575b808210156114f65750905b610f218261216f565b90610f2f6040519283611fd4565b828252610f3b8361216f565b927fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0602084019401368537610f6f8161216f565b90610f7d6040519283611fd4565b8082527fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0610faa8261216f565b015f5b8181106114d1575050610fbf8161216f565b91610fcd6040519384611fd4565b8183527fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0610ffa8361216f565b015f5b8181106114ac57505061100f8261216f565b9161101d6040519384611fd4565b8083526110298161216f565b947fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe06020850196013687375f5b82811061124e575050506040519586956080870190608088525180915260a0870191905f5b81811061121f575050508581036020870152815180825260208201916020808360051b8301019401925f915b8383106111ca5750505050508481036040860152602080845192838152019301905f5b81811061111c57505050602090848303606086015251918281520191905f5b8181106110f7575050500390f35b91935091602080600192865161110c81611d99565b81520194019101918493926110e9565b9194955091926020610100826111ba600194895160ff60e0809273ffffffffffffffffffffffffffffffffffffffff815116855264ffffffffff602082015116602086015261ffff604082015116604086015263ffffffff606082015116606086015264ffffffffff608082015116608086015264ffffffffff60a08201511660a086015264ffffffffff60c08201511660c0860152015116910152565b01950191019186959493926110ca565b91939596979850919360208061120a837fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe086600196030187528951611e13565b970193019301909289989796959492936110a7565b825173ffffffffffffffffffffffffffffffffffffffff1684528998506020938401939092019160010161107b565b5f98939495969798508082019081831161147f5773ffffffffffffffffffffffffffffffffffffffff611282600193612222565b90549060031b1c16611294828c612267565b5273ffffffffffffffffffffffffffffffffffffffff6112b4828c612267565b51165f52600460205260405f206113a96005604051926112d384611f7e565b60ff815473ffffffffffffffffffffffffffffffffffffffff8116865263ffffffff8160a01c16602087015264ffffffffff8160c01c16604087015260e81c161515606085015263ffffffff8682015473ffffffffffffffffffffffffffffffffffffffff8116608087015264ffffffffff8160a01c1660a087015260c81c1660c085015264ffffffffff60028201546bffffffffffffffffffffffff811660e0870152818160601c1661010087015260881c166101208501526003810154610140850152600481015461016085015201612015565b6101808201526113b98288612267565b526113c48187612267565b506113f273ffffffffffffffffffffffffffffffffffffffff60806113e9848a612267565b51015116612431565b6113fc828a612267565b526114078189612267565b5061145e63ffffffff602061141c848a612267565b5101511673ffffffffffffffffffffffffffffffffffffffff6080611441858b612267565b510151165f52600560205260405f20906040519161083883611f61565b6114688289612267565b61147182611d99565b520197969594939297611056565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601160045260245ffd5b6020906114be989394959697986121e6565b8282890101520196959493929196610ffd565b6020906114e397959697949394612187565b8282860101520195949395929192610fad565b905090610f18565b505f610f0d565b346101df5760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101df5773ffffffffffffffffffffffffffffffffffffffff611551611d76565b165f526004602052602073ffffffffffffffffffffffffffffffffffffffff60405f205416604051908152f35b346101df575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101df5760206040516bffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b60407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101df57611616611d76565b6024359067ffffffffffffffff82116101df57816004019060807ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc84360301126101df5761166381612812565b9073ffffffffffffffffffffffffffffffffffffffff61168e61168960248701866120e8565b61211b565b165f525f602052604467ffffffffffffffff60405f20541694018467ffffffffffffffff6116c760606116c1858961213c565b016120d3565b161061176e5750610bb99350815460ff8160e81c166116f0575b506116eb826138c6565b61399d565b6002830180547fffffffffffffffffffffffffffffff0000000000ffffffffffffffffffffffff1690557fffff00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffff1682556001820180547fffffff00000000ffffffffffffffffffffffffffffffffffffffffffffffffff169055846116e1565b67ffffffffffffffff61178760606116c188948861213c565b7fce85c422000000000000000000000000000000000000000000000000000000005f521660045260245260445ffd5b346101df575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101df57602060405160088152f35b346101df575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101df5773ffffffffffffffffffffffffffffffffffffffff7f00000000000000000000000000000000000000000000000000000000000000001633036118a45760035463ffffffff811663ffffffff811461147f5763ffffffff60017fffffffffffffffffffffffffffffffffffffffffffffffffffffffff000000009201169116176003555f80f35b7ffdad49d4000000000000000000000000000000000000000000000000000000005f523360045260245ffd5b346101df575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101df57602060405160808152f35b346101df5760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101df57611940611d76565b6024359067ffffffffffffffff82116101df5760e07ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc83360301126101df5761198881612812565b60ff815460e81c166119a157610bb99260040191612d58565b73ffffffffffffffffffffffffffffffffffffffff827f53cdb180000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b346101df5760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101df57611a1a611d76565b6024359067ffffffffffffffff82116101df5760c07ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc83360301126101df57611a6281612812565b9073ffffffffffffffffffffffffffffffffffffffff6001830154165f525f60205267ffffffffffffffff60405f20541692606481018467ffffffffffffffff611aab836120d3565b161115611aca5750610bb9935060040191611ac4612884565b91612a24565b67ffffffffffffffff61178786926120d3565b346101df575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101df5760206040516108008152f35b346101df575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101df57602060405173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b346101df5760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101df5773ffffffffffffffffffffffffffffffffffffffff611bd1611d76565b165f526005602052606060405f2060405190611bec82611f61565b54611c7063ffffffff82169283815264ffffffffff8360201c169283602083015263ffffffff8160481c16604083015261ffff8160681c168683015262ffffff8160781c16608083015260ff8160901c1660a083015264ffffffffff8160981c1660c083015263ffffffff8160c01c1660e083015260e01c61010082015283612689565b906040519283526020830152611c8581611d99565b6040820152f35b346101df575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101df576020604051610e108152f35b346101df5760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101df576004355f526001602052602060405f2054604051908152f35b346101df5760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101df5760209073ffffffffffffffffffffffffffffffffffffffff611d5d611d76565b165f526004825263ffffffff60405f205460a01c168152f35b6004359073ffffffffffffffffffffffffffffffffffffffff821682036101df57565b60041115611da357565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52602160045260245ffd5b907fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0601f602080948051918291828752018686015e5f8582860101520116010190565b906101a0610180611f0d9373ffffffffffffffffffffffffffffffffffffffff815116845263ffffffff602082015116602085015264ffffffffff604082015116604085015260608101511515606085015273ffffffffffffffffffffffffffffffffffffffff608082015116608085015264ffffffffff60a08201511660a085015263ffffffff60c08201511660c08501526bffffffffffffffffffffffff60e08201511660e085015264ffffffffff6101008201511661010085015264ffffffffff61012082015116610120850152610140810151610140850152610160810151610160850152015191816101808201520190611dd0565b90565b90600182811c92168015611f57575b6020831014611f2a57565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52602260045260245ffd5b91607f1691611f1f565b610120810190811067ffffffffffffffff821117610d2a57604052565b6101a0810190811067ffffffffffffffff821117610d2a57604052565b610100810190811067ffffffffffffffff821117610d2a57604052565b60a0810190811067ffffffffffffffff821117610d2a57604052565b90601f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0910116810190811067ffffffffffffffff821117610d2a57604052565b9060405191825f82549261202884611f10565b8084529360018116908115612093575060011461204f575b5061204d92500383611fd4565b565b90505f9291925260205f20905f915b81831061207757505090602061204d928201015f612040565b602091935080600191548385890101520191019091849261205e565b6020935061204d9592507fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff0091501682840152151560051b8201015f612040565b3567ffffffffffffffff811681036101df5790565b9035907fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff21813603018212156101df570190565b3573ffffffffffffffffffffffffffffffffffffffff811681036101df5790565b9035907fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff41813603018212156101df570190565b67ffffffffffffffff8111610d2a5760051b60200190565b6040519061219482611f7e565b6060610180835f81525f60208201525f60408201525f838201525f60808201525f60a08201525f60c08201525f60e08201525f6101008201525f6101208201525f6101408201525f6101608201520152565b604051906121f382611f9b565b5f60e0838281528260208201528260408201528260608201528260808201528260a08201528260c08201520152565b60065481101561223a5760065f5260205f2001905f90565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52603260045260245ffd5b805182101561223a5760209160051b010190565b61228481612812565b60ff815460e81c1661238d5761229981614476565b62093a8064ffffffffff4216019164ffffffffff831161147f5773ffffffffffffffffffffffffffffffffffffffff6020918360027f3b8d159d3a7de14b7553c26ee32a634f5691b0ea315d7729e790ebc910799b329501957fffffffffffffffffffffffffffffff0000000000ffffffffffffffffffffffff70ffffffffff00000000000000000000000088549260601b169116178096557d0100000000000000000000000000000000000000000000000000000000007fffff00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffff82541617905564ffffffffff6040519560601c1685521692a2565b5050565b67ffffffffffffffff8111610d2a57601f017fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe01660200190565b3d156123f5573d906123dc82612391565b916123ea6040519384611fd4565b82523d5f602084013e565b606090565b63ffffffff7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff9116019063ffffffff821161147f57565b73ffffffffffffffffffffffffffffffffffffffff9061244f6121e6565b50165f52600560205260405f206040519061246982611f61565b549063ffffffff8216808252602082019264ffffffffff8160201c16845263ffffffff8160481c166040840152606083019261ffff8260681c168452608081019262ffffff8360781c16845260a082019360ff8460901c16855260c083019264ffffffffff8560981c16845260e081019263ffffffff8660c01c16845261010082019560e01c8652156125885763ffffffff64ffffffffff8162ffffff61ffff8373ffffffffffffffffffffffffffffffffffffffff6125356125308660ff9a51166123fa565b612222565b90549060031b1c169d51169b5116955116955116955116955116955116956040519761256089611f9b565b8852602088015260408701526060860152608085015260a084015260c083015260e082015290565b505050505050505060405161259c81611f9b565b5f81525f60208201525f60408201525f60608201525f60808201525f60a08201525f60c08201525f60e082015290565b604051906125db604083611fd4565b600382527f75726c00000000000000000000000000000000000000000000000000000000006020830152565b601f82602094937fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe093818652868601375f8582860101520116010190565b73ffffffffffffffffffffffffffffffffffffffff9160405190836020830193308552166040830152606082015260608152612682608082611fd4565b5190201690565b63ffffffff168015908115612800575b506127fb57600260ff60a083015116146127f55763ffffffff60408201511663ffffffff60035416146127f55762ffffff608061ffff60608401511692015116604051917f24b902070000000000000000000000000000000000000000000000000000000083526004830152602482015260408160448173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000165afa9081156127ea575f905f9261279e575b5061276381611d99565b60018114159081612789575b50612783571561277e57600390565b600190565b50600290565b6002915061279681611d99565b14155f61276f565b9150506040813d6040116127e2575b816127ba60409383611fd4565b810103126101df5780519060048210156101df57602001519081151582036101df575f612759565b3d91506127ad565b6040513d5f823e3d90fd5b50600190565b505f90565b905063ffffffff82511614155f612699565b9061281c82614809565b9173ffffffffffffffffffffffffffffffffffffffff835416330361283e5750565b73ffffffffffffffffffffffffffffffffffffffff907f4738d054000000000000000000000000000000000000000000000000000000005f52166004523360245260445ffd5b6040517ff698da2500000000000000000000000000000000000000000000000000000000815260208160048173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000165afa9081156127ea575f916128fa575090565b90506020813d602011612921575b8161291560209383611fd4565b810103126101df575190565b3d9150612908565b9035907fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe1813603018212156101df570180359067ffffffffffffffff82116101df576020019181360383136101df57565b3564ffffffffff811681036101df5790565b92919261299882612391565b916129a66040519384611fd4565b8294818452818301116101df578281602093845f960137010152565b90357fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe1823603018112156101df57016020813591019167ffffffffffffffff82116101df5781360383136101df57565b359064ffffffffff821682036101df57565b919092612a318180612929565b939050604093845190612a448683611fd4565b600682527f636f6e666967000000000000000000000000000000000000000000000000000060208301526108008111612cfa57505083820190612a868261297a565b612a8f906148d7565b600186015473ffffffffffffffffffffffffffffffffffffffff1691612ab58480612929565b3690612ac09261298c565b80519060200120906020850196612ad68861297a565b92612ae08361297a565b936060880194612aef866120d3565b9084519260208401947f257efbaa800b0ee868ea128e7f360dc0cd564aea5e2c3ecd068f2e35178472f986528a87860152606085015264ffffffffff16608084015264ffffffffff1660a083015267ffffffffffffffff1660c082015260c08152612b5b60e082611fd4565b519020809960808801359660a0890135998a8985875193612b7c8986611fd4565b6009855285602086017f6b6579436f6e66696700000000000000000000000000000000000000000000009052612bb195614931565b612bba866120d3565b905f525f602052835f209067ffffffffffffffff1681547fffffffffffffffffffffffffffffffffffffffffffffffff00000000000000001617905580544360c01b7cffffffffff00000000000000000000000000000000000000000000000016907fffffff0000000000ffffffffffffffffffffffffffffffffffffffffffffffff16178155600301558051956020875280612c56916129c2565b6020880160c0905260e0880190612c6c92612607565b97612c7690612a12565b64ffffffffff1690860152612c8a90612a12565b64ffffffffff166060850152359067ffffffffffffffff82168092036101df577fe6baaaee74edc664da1d458bb3c091470860b318a7dca6ce41c662684c76ab6394849373ffffffffffffffffffffffffffffffffffffffff93608086015260a085015260c084015216930390a3565b612d38925085519283927f6d3b0993000000000000000000000000000000000000000000000000000000008452606060048501526064840190611dd0565b90602483015261080060448301520390fd5b3560ff811681036101df5790565b909173ffffffffffffffffffffffffffffffffffffffff612d788261211b565b161561389e5760608101612d8c8183612929565b949050604094855190612d9f8783611fd4565b600582527f71756f74650000000000000000000000000000000000000000000000000000006020830152614000811161384e5750505460a01c63ffffffff169373ffffffffffffffffffffffffffffffffffffffff612dfd8461211b565b165f52600560205263ffffffff815f20541680151580613844575b6137e15750612e2a60c0840184612929565b91909361040083116137b357612e4136848761298c565b60208151910120925f905f968035600383109081156137a3575b811561376f575b50613743575f9160035b600b8411156135ed5750505050612e8281614a30565b84036135c25750610e10850180861161147f574211613596576020810196612ea98861297a565b62093a8087019081881161147f5764ffffffffff16428110801561358d575b61355f5750508251612ed981611fb8565b5f81525f60208201525f848201525f60608201525f60808201529583830194600160ff612f0588612d4a565b16036134be57612f57975060a0612f1c8886612929565b87519a8b9283927f1c2d5895000000000000000000000000000000000000000000000000000000008452606060048501526064840191612607565b60808801356024830152838801356044830152038173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000165afa978815613426575f98613430575b508760205f8b612fc28861211b565b7fffffffffffffffffffffffffffffffffffffffff0000000000000000000000008a519181868401947f7068616c6c616d612f706f642d6964656e746974792f7631000000000000000086524660388601523060601b6058860152817f000000000000000000000000000000000000000000000000000000000000000060601b16606c86015260601b1660808401523360601b609484015260601b1660a8820152609c815261307260bc82611fd4565b8951918291518091835e8101838152039060025afa15613426575f516060820151908082036133f857505060800151908082036133f85750505b6130b58961297a565b9060035463ffffffff1691885161ffff169160208a01998a5162ffffff16886130dd8b612d4a565b92015163ffffffff16948951976130f389611f61565b8852602088019464ffffffffff168552898801968752606088019081526080880191825260a088019260ff16835260c088019364ffffffffff16845260e08801944363ffffffff168652610100890196875261314e8a61211b565b73ffffffffffffffffffffffffffffffffffffffff165f5260056020528a5f20985163ffffffff1689547fffffffffffffffffffffffffffffffffffffffffffffffffffffffff000000001617895551968854905160481b6cffffffff00000000000000000016915160681b6effff0000000000000000000000000016925160781b71ffffff00000000000000000000000000000016935160901b72ff00000000000000000000000000000000000016945160981b77ffffffffff0000000000000000000000000000000000000016955160c01b7bffffffff00000000000000000000000000000000000000000000000016965160e01b7fffffffff00000000000000000000000000000000000000000000000000000000169760201b68ffffffffff0000000016907fffffffffffffffffffffffffffffffffff0000000000000000000000ffffffff16177fffffffffffffffffffffffffffff000000ffffffffffffffffffffffffffffff16177fffffffffffffffffffffffffff00ffffffffffffffffffffffffffffffffffff16177fffffffffffffffff0000000000ffffffffffffffffffffffffffffffffffffff16177fffffffff00000000ffffffffffffffffffffffffffffffffffffffffffffffff16177bffffffffffffffffffffffffffffffffffffffffffffffffffffffff1617171790556133528161211b565b945162ffffff16966133639061297a565b9261336d90612d4a565b9361337791612929565b94909180519464ffffffffff869516855260ff16602085015283016060905273ffffffffffffffffffffffffffffffffffffffff169473ffffffffffffffffffffffffffffffffffffffff169360608301906133d292612607565b037fed26a5a50f987e031726757a00c43c0fcca1966cce723a19451f1c296f8912cb91a4565b7fd58ff577000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b85513d5f823e3d90fd5b90975060a0813d60a0116134b6575b8161344c60a09383611fd4565b810103126101df5784519061346082611fb8565b805161ffff811681036101df578252602081015162ffffff811681036101df576020830152858101519063ffffffff821682036101df57608091878401526060810151606084015201516080820152965f612fb3565b3d915061343f565b50600260ff6134cc87612d4a565b1603613528576105394614801561351d575b8015613511575b6130ac577f86359b98000000000000000000000000000000000000000000000000000000005f5260045ffd5b50621466b046146134e5565b50617a6946146134de565b60ff61353386612d4a565b7fdfc03387000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b7f7232613e000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b50818111612ec8565b847fdaf34ce1000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b7f78888b19000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b80830135908160f81c60019260808210156136d8575b5050818101918383116136ac5760088614918280156136a2575b613630575b505050600190930192612e6c565b600882989394981161367757816136655750505f915b156136595750600190945b905f80613622565b94995060019099613651565b8501359060031b610100031c91613646565b7f4a4019c5000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b50600b871461361d565b507f4a4019c5000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b9192509060b7821161371357507fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff8001906001015b5f80613603565b9060b8810361372c575060f01c60ff169060020161370c565b60b9036136ac5760e81c61ffff169060030161370c565b7f4a4019c5000000000000000000000000000000000000000000000000000000005f525f60045260245ffd5b60e81c61ffff167ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffd8401141590505f612e62565b905060f98160f81c141590612e5b565b7f4a4019c5000000000000000000000000000000000000000000000000000000005f5261040060045260245ffd5b73ffffffffffffffffffffffffffffffffffffffff8061380c6125306138068861211b565b946123fa565b90549060031b1c16917f659cba20000000000000000000000000000000000000000000000000000000005f521660045260245260445ffd5b5085811415612e18565b61388c925086519283927f6d3b0993000000000000000000000000000000000000000000000000000000008452606060048501526064840190611dd0565b90602483015261400060448301520390fd5b7fd98cd78f000000000000000000000000000000000000000000000000000000005f5260045ffd5b6002016bffffffffffffffffffffffff8154167f0000000000000000000000000000000000000000000000000000000000000000906bffffffffffffffffffffffff8216145f1461398a57506bffffffffffffffffffffffff5f5b1680340361395b5780613932575050565b7fffffffffffffffffffffffffffffffffffffffff000000000000000000000000825416179055565b7f8e7704c0000000000000000000000000000000000000000000000000000000005f523460045260245260445ffd5b6bffffffffffffffffffffffff90613921565b91906139b66139ac8380612929565b905061025b6125cc565b73ffffffffffffffffffffffffffffffffffffffff602083016139dc61168982866120e8565b906139f46139ea82876120e8565b6060810190612929565b9050613da6575b5016805f52600560205260405f205463ffffffff835460a01c1663ffffffff821603613d6057613a3464ffffffffff8260201c166148d7565b600183019062ffffff63ffffffff835460c81c169160781c169081811490811591613d57575b50613d47575b5080547fffffffffffffffffffffffff000000000000000000000000000000000000000016821790556002820180547fffffffffffffffffffff0000000000ffffffffffffffffffffffffffffffffff164360881b75ffffffffff000000000000000000000000000000000016179055613ada8380612929565b600584019167ffffffffffffffff8211610d2a578190613afa8454611f10565b601f8111613cee575b505f90601f8311600114613c4c575f92613c41575b50507fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff8260011b9260031b1c19161790555b73ffffffffffffffffffffffffffffffffffffffff825416613bbe7fdbc71bebc5b83182b288f7cda722b042ef125c1011db5fb01f7f6142d846a4b2613b908680612929565b92906040519182916020835273ffffffffffffffffffffffffffffffffffffffff8b16956020840191612607565b0390a4613bc9612884565b91613be2613bda604083018361213c565b848487612a24565b6060810135907fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe1813603018212156101df57019182359267ffffffffffffffff84116101df57602001918360051b360383136101df5761204d94613dea565b013590505f80613b18565b90917fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe01691845f5260205f20925f5b818110613cd65750908460019594939210613c9e575b505050811b019055613b4a565b7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff60f88560031b161c199101351690555f8080613c91565b91936020600181928787013581550195019201613c7b565b82811115613b0357909150835f5260205f20601f840160051c9060208510613d3f575b849392601f0160051c82900391015f5b828110613d2f575050613b03565b5f81830155859450600101613d21565b5f9150613d11565b613d51908461459c565b5f613a60565b9050155f613a5a565b73ffffffffffffffffffffffffffffffffffffffff85837fe97c5b86000000000000000000000000000000000000000000000000000000005f526004521660245260445ffd5b613db3613dba91866120e8565b8487612d58565b5f6139fb565b35906bffffffffffffffffffffffff821682036101df57565b359063ffffffff821682036101df57565b92949190841561444e57604093845196613e048689611fd4565b600688527f6f66666572730000000000000000000000000000000000000000000000000000602089015285871161440357939194959650600185019384549273ffffffffffffffffffffffffffffffffffffffff841695613e648a61216f565b94613e718a519687611fd4565b8a8652613e7d8b61216f565b987fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0602088019a01368b375f9973ffffffffffffffffffffffffffffffffffffffff7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe818736030197169a5b8d811015614183578060051b870135888112156101df5787018d613f0c8280612929565b9050613f1a82519283611fd4565b600582527f6d6f64656c000000000000000000000000000000000000000000000000000000602083015260808111614134575050908d8f959493928d8f8d8f918587916101208701613f6b8161297a565b613f74906148d7565b613f7e8880612929565b3690613f899261298c565b805190602001209088848101613f9e90614a06565b613faa60608301614a06565b613fb660808401614a06565b613fc260a08501614a06565b91613fcf60c08601614a1f565b93613fdc60e08701614a1f565b95613fea6101008201614a1f565b97613ff49061297a565b988b519a60208c019c7f2be93d0402772df87135f85d0ebee55cd8bf523a1b6b49575f1a466bb4cf2b698e528c015260608b01526020013560808a01526bffffffffffffffffffffffff1660a08901526bffffffffffffffffffffffff1660c08801526bffffffffffffffffffffffff1660e08701526bffffffffffffffffffffffff1661010086015263ffffffff1661012085015263ffffffff1661014084015263ffffffff1661016083015264ffffffffff1661018082015261018081526140c06101a082611fd4565b5190206140cd8284612267565b526140d791612267565b51908451946140e69086611fd4565b60058552602085017f6f6666657200000000000000000000000000000000000000000000000000000090526101608401359361014001359261412795614931565b6001019091929350613ee8565b8f6141729350519283927f6d3b0993000000000000000000000000000000000000000000000000000000008452606060048501526064840190611dd0565b906024830152608060448301520390fd5b5091949850929a94965098949098855190602082018093519091905f5b8181106143ed57505050906141e0816004959493037fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe08101835282611fd4565b5190209889937fffffffffffffff0000000000ffffffffffffffffffffffffffffffffffffffff78ffffffffff00000000000000000000000000000000000000004360a01b16911617905501558151938160208601602087525282850192808360051b8701019482945f925b858410614283575050505050505090807f945e875e74b7f183dd10aa3109af52a7c1a5bdbd3be39ed01b2308f59732c2c0920390a3565b909192939495967fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc0898203018352873590848212156101df5760208091886001940190610160806142e76142d785806129c2565b6101808652610180860191612607565b9385810135868501526bffffffffffffffffffffffff6143088a8301613dc0565b16898501526bffffffffffffffffffffffff61432660608301613dc0565b1660608501526bffffffffffffffffffffffff61434560808301613dc0565b1660808501526bffffffffffffffffffffffff61436460a08301613dc0565b1660a085015263ffffffff61437b60c08301613dd9565b1660c085015263ffffffff61439260e08301613dd9565b1660e085015263ffffffff6143aa6101008301613dd9565b1661010085015264ffffffffff6143c46101208301612a12565b16610120850152610140810135610140850152013591015299019301940192919594939061424c565b82518452602093840193909201916001016141a0565b85517f6d3b09930000000000000000000000000000000000000000000000000000000081526060600482015280888861443f606484018d611dd0565b91602484015260448301520390fd5b7f47d919c6000000000000000000000000000000000000000000000000000000005f5260045ffd5b60010163ffffffff815460c81c16806144b3575b507fffffff00000000ffffffffffffffffffffffffffffffffffffffffffffffffff8154169055565b604051907fa7b555e2000000000000000000000000000000000000000000000000000000008252600482015260208160248173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000165afa9081156127ea575f9161456a575b505f52600160205260405f208054801561147f577fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff0190555f61448a565b90506020813d602011614594575b8161458560209383611fd4565b810103126101df57515f61452c565b3d9150614578565b6001019063ffffffff825460c81c1680614718575b508163ffffffff92547fffffff00000000ffffffffffffffffffffffffffffffffffffffffffffffffff7cffffffff000000000000000000000000000000000000000000000000008460c81b16911617905516801561471557604051907fa7b555e2000000000000000000000000000000000000000000000000000000008252600482015260208160248173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000165afa9081156127ea575f916146e3575b50805f52600160205260405f2054906001820180921161147f57600882116146b3575f52600160205260405f2055565b7ff475fbb6000000000000000000000000000000000000000000000000000000005f52600452600860245260445ffd5b90506020813d60201161470d575b816146fe60209383611fd4565b810103126101df57515f614683565b3d91506146f1565b50565b604051907fa7b555e2000000000000000000000000000000000000000000000000000000008252600482015260208160248173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000165afa9081156127ea575f916147d7575b505f52600160205260405f2091825492831561147f577fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff63ffffffff94019055916145b1565b90506020813d602011614801575b816147f260209383611fd4565b810103126101df57515f614791565b3d91506147e5565b73ffffffffffffffffffffffffffffffffffffffff1690815f52600460205260405f209173ffffffffffffffffffffffffffffffffffffffff8354161561484d5750565b7f85f14c20000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b906101008111614886575050565b6148c592506040519283927f6d3b0993000000000000000000000000000000000000000000000000000000008452606060048501526064840190611dd0565b90602483015261010060448301520390fd5b64ffffffffff164281108015614923575b6148ef5750565b7f7232613e000000000000000000000000000000000000000000000000000000005f5260045264ffffffffff60245260445ffd5b5064ffffffffff81116148e8565b946149b69194604273ffffffffffffffffffffffffffffffffffffffff95948695604051917f19010000000000000000000000000000000000000000000000000000000000008352600283015260228201522060ff601b7f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff851694821c011690614aba565b505092169116036149c45750565b614a02906040519182917fc642adb5000000000000000000000000000000000000000000000000000000008352602060048401526024830190611dd0565b0390fd5b356bffffffffffffffffffffffff811681036101df5790565b3563ffffffff811681036101df5790565b80408015801590614ab0575b614aab57505f80916040516020810191825260208152614a5d604082611fd4565b519071f90827f1c53a10cb7a02335b1753200029355afa614a7c6123cb565b9080614aa0575b156127fb57602081519181808201938492010103126101df575190565b506020815114614a83565b905090565b5043821015614a3c565b91907f7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a08411614b3e579160209360809260ff5f9560405194855216868401526040830152606082015282805260015afa156127ea575f5173ffffffffffffffffffffffffffffffffffffffff811615614b3457905f905f90565b505f906001905f90565b5050505f916003919056",
}

// PodRegistry is an auto generated Go binding around an Ethereum contract.
type PodRegistry struct {
	abi abi.ABI
}

// GetABI returns the ABI associated with this contract binding.
func (c *PodRegistry) GetABI() abi.ABI {
	return c.abi
}

// NewPodRegistry creates a new instance of PodRegistry.
func NewPodRegistry() *PodRegistry {
	parsed, err := PodRegistryMetaData.ParseABI()
	if err != nil {
		panic(errors.New("invalid ABI: " + err.Error()))
	}
	return &PodRegistry{abi: *parsed}
}

// Instance creates a wrapper for a deployed contract instance at the given address.
// Use this to create the instance object passed to abigen v2 library functions Call, Transact, etc.
func (c *PodRegistry) Instance(backend bind.ContractBackend, addr common.Address) *bind.BoundContract {
	return bind.NewBoundContract(addr, c.abi, backend, backend, backend)
}

// PackConstructor is the Go binding used to pack the parameters required for
// contract deployment.
//
// Solidity: constructor(address escrow_, address verifier_, uint96 stakeAmount_) returns()
func (podRegistry *PodRegistry) PackConstructor(escrow_ common.Address, verifier_ common.Address, stakeAmount_ *big.Int) []byte {
	enc, err := podRegistry.abi.Pack("", escrow_, verifier_, stakeAmount_)
	if err != nil {
		panic(err)
	}
	return enc
}

// PackMAXCONFIGBYTES is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x30cf1d3c.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function MAX_CONFIG_BYTES() view returns(uint256)
func (podRegistry *PodRegistry) PackMAXCONFIGBYTES() []byte {
	enc, err := podRegistry.abi.Pack("MAX_CONFIG_BYTES")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackMAXCONFIGBYTES is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x30cf1d3c.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function MAX_CONFIG_BYTES() view returns(uint256)
func (podRegistry *PodRegistry) TryPackMAXCONFIGBYTES() ([]byte, error) {
	return podRegistry.abi.Pack("MAX_CONFIG_BYTES")
}

// UnpackMAXCONFIGBYTES is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x30cf1d3c.
//
// Solidity: function MAX_CONFIG_BYTES() view returns(uint256)
func (podRegistry *PodRegistry) UnpackMAXCONFIGBYTES(data []byte) (*big.Int, error) {
	out, err := podRegistry.abi.Unpack("MAX_CONFIG_BYTES", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackMAXEVIDENCEBYTES is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7f9a7530.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function MAX_EVIDENCE_BYTES() view returns(uint256)
func (podRegistry *PodRegistry) PackMAXEVIDENCEBYTES() []byte {
	enc, err := podRegistry.abi.Pack("MAX_EVIDENCE_BYTES")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackMAXEVIDENCEBYTES is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7f9a7530.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function MAX_EVIDENCE_BYTES() view returns(uint256)
func (podRegistry *PodRegistry) TryPackMAXEVIDENCEBYTES() ([]byte, error) {
	return podRegistry.abi.Pack("MAX_EVIDENCE_BYTES")
}

// UnpackMAXEVIDENCEBYTES is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x7f9a7530.
//
// Solidity: function MAX_EVIDENCE_BYTES() view returns(uint256)
func (podRegistry *PodRegistry) UnpackMAXEVIDENCEBYTES(data []byte) (*big.Int, error) {
	out, err := podRegistry.abi.Unpack("MAX_EVIDENCE_BYTES", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackMAXIDENTITYLIFETIME is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7ddf13ec.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function MAX_IDENTITY_LIFETIME() view returns(uint256)
func (podRegistry *PodRegistry) PackMAXIDENTITYLIFETIME() []byte {
	enc, err := podRegistry.abi.Pack("MAX_IDENTITY_LIFETIME")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackMAXIDENTITYLIFETIME is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7ddf13ec.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function MAX_IDENTITY_LIFETIME() view returns(uint256)
func (podRegistry *PodRegistry) TryPackMAXIDENTITYLIFETIME() ([]byte, error) {
	return podRegistry.abi.Pack("MAX_IDENTITY_LIFETIME")
}

// UnpackMAXIDENTITYLIFETIME is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x7ddf13ec.
//
// Solidity: function MAX_IDENTITY_LIFETIME() view returns(uint256)
func (podRegistry *PodRegistry) UnpackMAXIDENTITYLIFETIME(data []byte) (*big.Int, error) {
	out, err := podRegistry.abi.Unpack("MAX_IDENTITY_LIFETIME", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackMAXMODELBYTES is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x3b124547.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function MAX_MODEL_BYTES() view returns(uint256)
func (podRegistry *PodRegistry) PackMAXMODELBYTES() []byte {
	enc, err := podRegistry.abi.Pack("MAX_MODEL_BYTES")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackMAXMODELBYTES is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x3b124547.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function MAX_MODEL_BYTES() view returns(uint256)
func (podRegistry *PodRegistry) TryPackMAXMODELBYTES() ([]byte, error) {
	return podRegistry.abi.Pack("MAX_MODEL_BYTES")
}

// UnpackMAXMODELBYTES is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x3b124547.
//
// Solidity: function MAX_MODEL_BYTES() view returns(uint256)
func (podRegistry *PodRegistry) UnpackMAXMODELBYTES(data []byte) (*big.Int, error) {
	out, err := podRegistry.abi.Unpack("MAX_MODEL_BYTES", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackMAXOFFERS is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb434535b.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function MAX_OFFERS() view returns(uint256)
func (podRegistry *PodRegistry) PackMAXOFFERS() []byte {
	enc, err := podRegistry.abi.Pack("MAX_OFFERS")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackMAXOFFERS is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb434535b.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function MAX_OFFERS() view returns(uint256)
func (podRegistry *PodRegistry) TryPackMAXOFFERS() ([]byte, error) {
	return podRegistry.abi.Pack("MAX_OFFERS")
}

// UnpackMAXOFFERS is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xb434535b.
//
// Solidity: function MAX_OFFERS() view returns(uint256)
func (podRegistry *PodRegistry) UnpackMAXOFFERS(data []byte) (*big.Int, error) {
	out, err := podRegistry.abi.Unpack("MAX_OFFERS", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackMAXPODSPERMACHINE is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x4479a02b.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function MAX_PODS_PER_MACHINE() view returns(uint256)
func (podRegistry *PodRegistry) PackMAXPODSPERMACHINE() []byte {
	enc, err := podRegistry.abi.Pack("MAX_PODS_PER_MACHINE")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackMAXPODSPERMACHINE is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x4479a02b.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function MAX_PODS_PER_MACHINE() view returns(uint256)
func (podRegistry *PodRegistry) TryPackMAXPODSPERMACHINE() ([]byte, error) {
	return podRegistry.abi.Pack("MAX_PODS_PER_MACHINE")
}

// UnpackMAXPODSPERMACHINE is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x4479a02b.
//
// Solidity: function MAX_PODS_PER_MACHINE() view returns(uint256)
func (podRegistry *PodRegistry) UnpackMAXPODSPERMACHINE(data []byte) (*big.Int, error) {
	out, err := podRegistry.abi.Unpack("MAX_PODS_PER_MACHINE", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackMAXQUOTEAGE is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x1b1043c8.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function MAX_QUOTE_AGE() view returns(uint256)
func (podRegistry *PodRegistry) PackMAXQUOTEAGE() []byte {
	enc, err := podRegistry.abi.Pack("MAX_QUOTE_AGE")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackMAXQUOTEAGE is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x1b1043c8.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function MAX_QUOTE_AGE() view returns(uint256)
func (podRegistry *PodRegistry) TryPackMAXQUOTEAGE() ([]byte, error) {
	return podRegistry.abi.Pack("MAX_QUOTE_AGE")
}

// UnpackMAXQUOTEAGE is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x1b1043c8.
//
// Solidity: function MAX_QUOTE_AGE() view returns(uint256)
func (podRegistry *PodRegistry) UnpackMAXQUOTEAGE(data []byte) (*big.Int, error) {
	out, err := podRegistry.abi.Unpack("MAX_QUOTE_AGE", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackMAXURLBYTES is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf23851a9.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function MAX_URL_BYTES() view returns(uint256)
func (podRegistry *PodRegistry) PackMAXURLBYTES() []byte {
	enc, err := podRegistry.abi.Pack("MAX_URL_BYTES")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackMAXURLBYTES is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf23851a9.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function MAX_URL_BYTES() view returns(uint256)
func (podRegistry *PodRegistry) TryPackMAXURLBYTES() ([]byte, error) {
	return podRegistry.abi.Pack("MAX_URL_BYTES")
}

// UnpackMAXURLBYTES is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xf23851a9.
//
// Solidity: function MAX_URL_BYTES() view returns(uint256)
func (podRegistry *PodRegistry) UnpackMAXURLBYTES(data []byte) (*big.Int, error) {
	out, err := podRegistry.abi.Unpack("MAX_URL_BYTES", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackUNSTAKEDELAY is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe35e5d84.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function UNSTAKE_DELAY() view returns(uint40)
func (podRegistry *PodRegistry) PackUNSTAKEDELAY() []byte {
	enc, err := podRegistry.abi.Pack("UNSTAKE_DELAY")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackUNSTAKEDELAY is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe35e5d84.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function UNSTAKE_DELAY() view returns(uint40)
func (podRegistry *PodRegistry) TryPackUNSTAKEDELAY() ([]byte, error) {
	return podRegistry.abi.Pack("UNSTAKE_DELAY")
}

// UnpackUNSTAKEDELAY is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xe35e5d84.
//
// Solidity: function UNSTAKE_DELAY() view returns(uint40)
func (podRegistry *PodRegistry) UnpackUNSTAKEDELAY(data []byte) (*big.Int, error) {
	out, err := podRegistry.abi.Unpack("UNSTAKE_DELAY", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackAdmitIdentity is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x3ac139d9.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function admitIdentity(address id, (address,uint40,uint8,bytes,bytes32,bytes32,bytes) attestation) returns()
func (podRegistry *PodRegistry) PackAdmitIdentity(id common.Address, attestation IPodRegistryAttestation) []byte {
	enc, err := podRegistry.abi.Pack("admitIdentity", id, attestation)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackAdmitIdentity is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x3ac139d9.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function admitIdentity(address id, (address,uint40,uint8,bytes,bytes32,bytes32,bytes) attestation) returns()
func (podRegistry *PodRegistry) TryPackAdmitIdentity(id common.Address, attestation IPodRegistryAttestation) ([]byte, error) {
	return podRegistry.abi.Pack("admitIdentity", id, attestation)
}

// PackEpoch is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8b810c36.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function epoch(address identity) view returns(uint64)
func (podRegistry *PodRegistry) PackEpoch(identity common.Address) []byte {
	enc, err := podRegistry.abi.Pack("epoch", identity)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackEpoch is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8b810c36.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function epoch(address identity) view returns(uint64)
func (podRegistry *PodRegistry) TryPackEpoch(identity common.Address) ([]byte, error) {
	return podRegistry.abi.Pack("epoch", identity)
}

// UnpackEpoch is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x8b810c36.
//
// Solidity: function epoch(address identity) view returns(uint64)
func (podRegistry *PodRegistry) UnpackEpoch(data []byte) (uint64, error) {
	out, err := podRegistry.abi.Unpack("epoch", data)
	if err != nil {
		return *new(uint64), err
	}
	out0 := *abi.ConvertType(out[0], new(uint64)).(*uint64)
	return out0, nil
}

// PackEscrow is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe2fdcc17.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function escrow() view returns(address)
func (podRegistry *PodRegistry) PackEscrow() []byte {
	enc, err := podRegistry.abi.Pack("escrow")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackEscrow is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe2fdcc17.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function escrow() view returns(address)
func (podRegistry *PodRegistry) TryPackEscrow() ([]byte, error) {
	return podRegistry.abi.Pack("escrow")
}

// UnpackEscrow is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xe2fdcc17.
//
// Solidity: function escrow() view returns(address)
func (podRegistry *PodRegistry) UnpackEscrow(data []byte) (common.Address, error) {
	out, err := podRegistry.abi.Unpack("escrow", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackIdentityOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc6345626.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function identityOf(address identity) view returns((address,uint40,uint16,uint32,uint40,uint40,uint40,uint8))
func (podRegistry *PodRegistry) PackIdentityOf(identity common.Address) []byte {
	enc, err := podRegistry.abi.Pack("identityOf", identity)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackIdentityOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc6345626.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function identityOf(address identity) view returns((address,uint40,uint16,uint32,uint40,uint40,uint40,uint8))
func (podRegistry *PodRegistry) TryPackIdentityOf(identity common.Address) ([]byte, error) {
	return podRegistry.abi.Pack("identityOf", identity)
}

// UnpackIdentityOf is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xc6345626.
//
// Solidity: function identityOf(address identity) view returns((address,uint40,uint16,uint32,uint40,uint40,uint40,uint8))
func (podRegistry *PodRegistry) UnpackIdentityOf(data []byte) (IPodRegistryIdentity, error) {
	out, err := podRegistry.abi.Unpack("identityOf", data)
	if err != nil {
		return *new(IPodRegistryIdentity), err
	}
	out0 := *abi.ConvertType(out[0], new(IPodRegistryIdentity)).(*IPodRegistryIdentity)
	return out0, nil
}

// PackLivePods is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x136fdf30.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function livePods(bytes32 machine) view returns(uint256)
func (podRegistry *PodRegistry) PackLivePods(machine [32]byte) []byte {
	enc, err := podRegistry.abi.Pack("livePods", machine)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackLivePods is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x136fdf30.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function livePods(bytes32 machine) view returns(uint256)
func (podRegistry *PodRegistry) TryPackLivePods(machine [32]byte) ([]byte, error) {
	return podRegistry.abi.Pack("livePods", machine)
}

// UnpackLivePods is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x136fdf30.
//
// Solidity: function livePods(bytes32 machine) view returns(uint256)
func (podRegistry *PodRegistry) UnpackLivePods(data []byte) (*big.Int, error) {
	out, err := podRegistry.abi.Unpack("livePods", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackNoteRevocation is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x441381af.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function noteRevocation() returns()
func (podRegistry *PodRegistry) PackNoteRevocation() []byte {
	enc, err := podRegistry.abi.Pack("noteRevocation")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackNoteRevocation is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x441381af.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function noteRevocation() returns()
func (podRegistry *PodRegistry) TryPackNoteRevocation() ([]byte, error) {
	return podRegistry.abi.Pack("noteRevocation")
}

// PackNumberOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x0f0ed9bd.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function numberOf(address id) view returns(uint32)
func (podRegistry *PodRegistry) PackNumberOf(id common.Address) []byte {
	enc, err := podRegistry.abi.Pack("numberOf", id)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackNumberOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x0f0ed9bd.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function numberOf(address id) view returns(uint32)
func (podRegistry *PodRegistry) TryPackNumberOf(id common.Address) ([]byte, error) {
	return podRegistry.abi.Pack("numberOf", id)
}

// UnpackNumberOf is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x0f0ed9bd.
//
// Solidity: function numberOf(address id) view returns(uint32)
func (podRegistry *PodRegistry) UnpackNumberOf(data []byte) (uint32, error) {
	out, err := podRegistry.abi.Unpack("numberOf", data)
	if err != nil {
		return *new(uint32), err
	}
	out0 := *abi.ConvertType(out[0], new(uint32)).(*uint32)
	return out0, nil
}

// PackOperatorOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x636f35d3.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function operatorOf(address id) view returns(address)
func (podRegistry *PodRegistry) PackOperatorOf(id common.Address) []byte {
	enc, err := podRegistry.abi.Pack("operatorOf", id)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackOperatorOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x636f35d3.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function operatorOf(address id) view returns(address)
func (podRegistry *PodRegistry) TryPackOperatorOf(id common.Address) ([]byte, error) {
	return podRegistry.abi.Pack("operatorOf", id)
}

// UnpackOperatorOf is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x636f35d3.
//
// Solidity: function operatorOf(address id) view returns(address)
func (podRegistry *PodRegistry) UnpackOperatorOf(data []byte) (common.Address, error) {
	out, err := podRegistry.abi.Unpack("operatorOf", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackPod is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb948d084.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function pod(address id) view returns((address,uint32,uint40,bool,address,uint40,uint32,uint96,uint40,uint40,bytes32,bytes32,string) p, (address,uint40,uint16,uint32,uint40,uint40,uint40,uint8) i, uint8 standing)
func (podRegistry *PodRegistry) PackPod(id common.Address) []byte {
	enc, err := podRegistry.abi.Pack("pod", id)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackPod is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb948d084.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function pod(address id) view returns((address,uint32,uint40,bool,address,uint40,uint32,uint96,uint40,uint40,bytes32,bytes32,string) p, (address,uint40,uint16,uint32,uint40,uint40,uint40,uint8) i, uint8 standing)
func (podRegistry *PodRegistry) TryPackPod(id common.Address) ([]byte, error) {
	return podRegistry.abi.Pack("pod", id)
}

// PodOutput serves as a container for the return parameters of contract
// method Pod.
type PodOutput struct {
	P        IPodRegistryPod
	I        IPodRegistryIdentity
	Standing uint8
}

// UnpackPod is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xb948d084.
//
// Solidity: function pod(address id) view returns((address,uint32,uint40,bool,address,uint40,uint32,uint96,uint40,uint40,bytes32,bytes32,string) p, (address,uint40,uint16,uint32,uint40,uint40,uint40,uint8) i, uint8 standing)
func (podRegistry *PodRegistry) UnpackPod(data []byte) (PodOutput, error) {
	out, err := podRegistry.abi.Unpack("pod", data)
	outstruct := new(PodOutput)
	if err != nil {
		return *outstruct, err
	}
	outstruct.P = *abi.ConvertType(out[0], new(IPodRegistryPod)).(*IPodRegistryPod)
	outstruct.I = *abi.ConvertType(out[1], new(IPodRegistryIdentity)).(*IPodRegistryIdentity)
	outstruct.Standing = *abi.ConvertType(out[2], new(uint8)).(*uint8)
	return *outstruct, nil
}

// PackPodCount is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe4fe6666.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function podCount() view returns(uint256)
func (podRegistry *PodRegistry) PackPodCount() []byte {
	enc, err := podRegistry.abi.Pack("podCount")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackPodCount is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe4fe6666.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function podCount() view returns(uint256)
func (podRegistry *PodRegistry) TryPackPodCount() ([]byte, error) {
	return podRegistry.abi.Pack("podCount")
}

// UnpackPodCount is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xe4fe6666.
//
// Solidity: function podCount() view returns(uint256)
func (podRegistry *PodRegistry) UnpackPodCount(data []byte) (*big.Int, error) {
	out, err := podRegistry.abi.Unpack("podCount", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackPodId is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf548c350.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function podId(address operator, bytes32 salt) view returns(address)
func (podRegistry *PodRegistry) PackPodId(operator common.Address, salt [32]byte) []byte {
	enc, err := podRegistry.abi.Pack("podId", operator, salt)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackPodId is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf548c350.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function podId(address operator, bytes32 salt) view returns(address)
func (podRegistry *PodRegistry) TryPackPodId(operator common.Address, salt [32]byte) ([]byte, error) {
	return podRegistry.abi.Pack("podId", operator, salt)
}

// UnpackPodId is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xf548c350.
//
// Solidity: function podId(address operator, bytes32 salt) view returns(address)
func (podRegistry *PodRegistry) UnpackPodId(data []byte) (common.Address, error) {
	out, err := podRegistry.abi.Unpack("podId", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackPods is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x6d58edbf.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function pods(uint256 offset, uint256 limit) view returns(address[] ids, (address,uint32,uint40,bool,address,uint40,uint32,uint96,uint40,uint40,bytes32,bytes32,string)[] page, (address,uint40,uint16,uint32,uint40,uint40,uint40,uint8)[] identities, uint8[] standings)
func (podRegistry *PodRegistry) PackPods(offset *big.Int, limit *big.Int) []byte {
	enc, err := podRegistry.abi.Pack("pods", offset, limit)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackPods is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x6d58edbf.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function pods(uint256 offset, uint256 limit) view returns(address[] ids, (address,uint32,uint40,bool,address,uint40,uint32,uint96,uint40,uint40,bytes32,bytes32,string)[] page, (address,uint40,uint16,uint32,uint40,uint40,uint40,uint8)[] identities, uint8[] standings)
func (podRegistry *PodRegistry) TryPackPods(offset *big.Int, limit *big.Int) ([]byte, error) {
	return podRegistry.abi.Pack("pods", offset, limit)
}

// PodsOutput serves as a container for the return parameters of contract
// method Pods.
type PodsOutput struct {
	Ids        []common.Address
	Page       []IPodRegistryPod
	Identities []IPodRegistryIdentity
	Standings  []uint8
}

// UnpackPods is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x6d58edbf.
//
// Solidity: function pods(uint256 offset, uint256 limit) view returns(address[] ids, (address,uint32,uint40,bool,address,uint40,uint32,uint96,uint40,uint40,bytes32,bytes32,string)[] page, (address,uint40,uint16,uint32,uint40,uint40,uint40,uint8)[] identities, uint8[] standings)
func (podRegistry *PodRegistry) UnpackPods(data []byte) (PodsOutput, error) {
	out, err := podRegistry.abi.Unpack("pods", data)
	outstruct := new(PodsOutput)
	if err != nil {
		return *outstruct, err
	}
	outstruct.Ids = *abi.ConvertType(out[0], new([]common.Address)).(*[]common.Address)
	outstruct.Page = *abi.ConvertType(out[1], new([]IPodRegistryPod)).(*[]IPodRegistryPod)
	outstruct.Identities = *abi.ConvertType(out[2], new([]IPodRegistryIdentity)).(*[]IPodRegistryIdentity)
	outstruct.Standings = *abi.ConvertType(out[3], new([]uint8)).(*[]uint8)
	return *outstruct, nil
}

// PackPublishKeyConfig is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x31f2a4df.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function publishKeyConfig(address id, (bytes,uint40,uint40,uint64,bytes32,bytes32) keyConfig) returns()
func (podRegistry *PodRegistry) PackPublishKeyConfig(id common.Address, keyConfig IPodRegistryKeyConfig) []byte {
	enc, err := podRegistry.abi.Pack("publishKeyConfig", id, keyConfig)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackPublishKeyConfig is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x31f2a4df.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function publishKeyConfig(address id, (bytes,uint40,uint40,uint64,bytes32,bytes32) keyConfig) returns()
func (podRegistry *PodRegistry) TryPackPublishKeyConfig(id common.Address, keyConfig IPodRegistryKeyConfig) ([]byte, error) {
	return podRegistry.abi.Pack("publishKeyConfig", id, keyConfig)
}

// PackPublishOffers is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x6f4fce3b.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function publishOffers(address id, (string,bytes32,uint96,uint96,uint96,uint96,uint32,uint32,uint32,uint40,bytes32,bytes32)[] offers) returns()
func (podRegistry *PodRegistry) PackPublishOffers(id common.Address, offers []IPodRegistryOffer) []byte {
	enc, err := podRegistry.abi.Pack("publishOffers", id, offers)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackPublishOffers is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x6f4fce3b.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function publishOffers(address id, (string,bytes32,uint96,uint96,uint96,uint96,uint32,uint32,uint32,uint40,bytes32,bytes32)[] offers) returns()
func (podRegistry *PodRegistry) TryPackPublishOffers(id common.Address, offers []IPodRegistryOffer) ([]byte, error) {
	return podRegistry.abi.Pack("publishOffers", id, offers)
}

// PackPublishRelay is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf39c91ef.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function publishRelay(string url) returns()
func (podRegistry *PodRegistry) PackPublishRelay(url string) []byte {
	enc, err := podRegistry.abi.Pack("publishRelay", url)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackPublishRelay is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf39c91ef.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function publishRelay(string url) returns()
func (podRegistry *PodRegistry) TryPackPublishRelay(url string) ([]byte, error) {
	return podRegistry.abi.Pack("publishRelay", url)
}

// PackRegister is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8c4fc5ef.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function register(bytes32 salt, (string,(address,uint40,uint8,bytes,bytes32,bytes32,bytes),(bytes,uint40,uint40,uint64,bytes32,bytes32),(string,bytes32,uint96,uint96,uint96,uint96,uint32,uint32,uint32,uint40,bytes32,bytes32)[]) registration) payable returns(address id)
func (podRegistry *PodRegistry) PackRegister(salt [32]byte, registration IPodRegistryRegistration) []byte {
	enc, err := podRegistry.abi.Pack("register", salt, registration)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackRegister is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8c4fc5ef.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function register(bytes32 salt, (string,(address,uint40,uint8,bytes,bytes32,bytes32,bytes),(bytes,uint40,uint40,uint64,bytes32,bytes32),(string,bytes32,uint96,uint96,uint96,uint96,uint32,uint32,uint32,uint40,bytes32,bytes32)[]) registration) payable returns(address id)
func (podRegistry *PodRegistry) TryPackRegister(salt [32]byte, registration IPodRegistryRegistration) ([]byte, error) {
	return podRegistry.abi.Pack("register", salt, registration)
}

// UnpackRegister is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x8c4fc5ef.
//
// Solidity: function register(bytes32 salt, (string,(address,uint40,uint8,bytes,bytes32,bytes32,bytes),(bytes,uint40,uint40,uint64,bytes32,bytes32),(string,bytes32,uint96,uint96,uint96,uint96,uint32,uint32,uint32,uint40,bytes32,bytes32)[]) registration) payable returns(address id)
func (podRegistry *PodRegistry) UnpackRegister(data []byte) (common.Address, error) {
	out, err := podRegistry.abi.Unpack("register", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackRelayUrlOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xdec03044.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function relayUrlOf(address operator) view returns(string url)
func (podRegistry *PodRegistry) PackRelayUrlOf(operator common.Address) []byte {
	enc, err := podRegistry.abi.Pack("relayUrlOf", operator)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackRelayUrlOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xdec03044.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function relayUrlOf(address operator) view returns(string url)
func (podRegistry *PodRegistry) TryPackRelayUrlOf(operator common.Address) ([]byte, error) {
	return podRegistry.abi.Pack("relayUrlOf", operator)
}

// UnpackRelayUrlOf is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xdec03044.
//
// Solidity: function relayUrlOf(address operator) view returns(string url)
func (podRegistry *PodRegistry) UnpackRelayUrlOf(data []byte) (string, error) {
	out, err := podRegistry.abi.Unpack("relayUrlOf", data)
	if err != nil {
		return *new(string), err
	}
	out0 := *abi.ConvertType(out[0], new(string)).(*string)
	return out0, nil
}

// PackRetire is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x9e6371ba.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function retire(address id) returns()
func (podRegistry *PodRegistry) PackRetire(id common.Address) []byte {
	enc, err := podRegistry.abi.Pack("retire", id)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackRetire is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x9e6371ba.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function retire(address id) returns()
func (podRegistry *PodRegistry) TryPackRetire(id common.Address) ([]byte, error) {
	return podRegistry.abi.Pack("retire", id)
}

// PackSettlementKey is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x260871db.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function settlementKey(address identity) view returns(uint32 number, uint40 validUntil, uint8 standing)
func (podRegistry *PodRegistry) PackSettlementKey(identity common.Address) []byte {
	enc, err := podRegistry.abi.Pack("settlementKey", identity)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSettlementKey is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x260871db.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function settlementKey(address identity) view returns(uint32 number, uint40 validUntil, uint8 standing)
func (podRegistry *PodRegistry) TryPackSettlementKey(identity common.Address) ([]byte, error) {
	return podRegistry.abi.Pack("settlementKey", identity)
}

// SettlementKeyOutput serves as a container for the return parameters of contract
// method SettlementKey.
type SettlementKeyOutput struct {
	Number     uint32
	ValidUntil *big.Int
	Standing   uint8
}

// UnpackSettlementKey is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x260871db.
//
// Solidity: function settlementKey(address identity) view returns(uint32 number, uint40 validUntil, uint8 standing)
func (podRegistry *PodRegistry) UnpackSettlementKey(data []byte) (SettlementKeyOutput, error) {
	out, err := podRegistry.abi.Unpack("settlementKey", data)
	outstruct := new(SettlementKeyOutput)
	if err != nil {
		return *outstruct, err
	}
	outstruct.Number = *abi.ConvertType(out[0], new(uint32)).(*uint32)
	outstruct.ValidUntil = abi.ConvertType(out[1], new(big.Int)).(*big.Int)
	outstruct.Standing = *abi.ConvertType(out[2], new(uint8)).(*uint8)
	return *outstruct, nil
}

// PackStakeAmount is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x60c7dc47.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function stakeAmount() view returns(uint96)
func (podRegistry *PodRegistry) PackStakeAmount() []byte {
	enc, err := podRegistry.abi.Pack("stakeAmount")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackStakeAmount is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x60c7dc47.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function stakeAmount() view returns(uint96)
func (podRegistry *PodRegistry) TryPackStakeAmount() ([]byte, error) {
	return podRegistry.abi.Pack("stakeAmount")
}

// UnpackStakeAmount is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x60c7dc47.
//
// Solidity: function stakeAmount() view returns(uint96)
func (podRegistry *PodRegistry) UnpackStakeAmount(data []byte) (*big.Int, error) {
	out, err := podRegistry.abi.Unpack("stakeAmount", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackUpdate is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x4c2e4423.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function update(address id, (string,(address,uint40,uint8,bytes,bytes32,bytes32,bytes),(bytes,uint40,uint40,uint64,bytes32,bytes32),(string,bytes32,uint96,uint96,uint96,uint96,uint32,uint32,uint32,uint40,bytes32,bytes32)[]) registration) payable returns()
func (podRegistry *PodRegistry) PackUpdate(id common.Address, registration IPodRegistryRegistration) []byte {
	enc, err := podRegistry.abi.Pack("update", id, registration)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackUpdate is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x4c2e4423.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function update(address id, (string,(address,uint40,uint8,bytes,bytes32,bytes32,bytes),(bytes,uint40,uint40,uint64,bytes32,bytes32),(string,bytes32,uint96,uint96,uint96,uint96,uint32,uint32,uint32,uint40,bytes32,bytes32)[]) registration) payable returns()
func (podRegistry *PodRegistry) TryPackUpdate(id common.Address, registration IPodRegistryRegistration) ([]byte, error) {
	return podRegistry.abi.Pack("update", id, registration)
}

// PackVerifier is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x2b7ac3f3.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function verifier() view returns(address)
func (podRegistry *PodRegistry) PackVerifier() []byte {
	enc, err := podRegistry.abi.Pack("verifier")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackVerifier is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x2b7ac3f3.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function verifier() view returns(address)
func (podRegistry *PodRegistry) TryPackVerifier() ([]byte, error) {
	return podRegistry.abi.Pack("verifier")
}

// UnpackVerifier is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x2b7ac3f3.
//
// Solidity: function verifier() view returns(address)
func (podRegistry *PodRegistry) UnpackVerifier(data []byte) (common.Address, error) {
	out, err := podRegistry.abi.Unpack("verifier", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackWithdrawStake is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb36f9705.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function withdrawStake(address id, address to) returns()
func (podRegistry *PodRegistry) PackWithdrawStake(id common.Address, to common.Address) []byte {
	enc, err := podRegistry.abi.Pack("withdrawStake", id, to)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackWithdrawStake is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb36f9705.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function withdrawStake(address id, address to) returns()
func (podRegistry *PodRegistry) TryPackWithdrawStake(id common.Address, to common.Address) ([]byte, error) {
	return podRegistry.abi.Pack("withdrawStake", id, to)
}

// PodRegistryIdentityAdmitted represents a IdentityAdmitted event raised by the PodRegistry contract.
type PodRegistryIdentityAdmitted struct {
	Pod        common.Address
	Identity   common.Address
	Platform   uint32
	ValidUntil *big.Int
	Kind       uint8
	Quote      []byte
	Raw        *types.Log // Blockchain specific contextual infos
}

const PodRegistryIdentityAdmittedEventName = "IdentityAdmitted"

// ContractEventName returns the user-defined event name.
func (PodRegistryIdentityAdmitted) ContractEventName() string {
	return PodRegistryIdentityAdmittedEventName
}

// UnpackIdentityAdmittedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event IdentityAdmitted(address indexed pod, address indexed identity, uint32 indexed platform, uint40 validUntil, uint8 kind, bytes quote)
func (podRegistry *PodRegistry) UnpackIdentityAdmittedEvent(log *types.Log) (*PodRegistryIdentityAdmitted, error) {
	event := "IdentityAdmitted"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != podRegistry.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(PodRegistryIdentityAdmitted)
	if len(log.Data) > 0 {
		if err := podRegistry.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range podRegistry.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// PodRegistryKeyConfigPublished represents a KeyConfigPublished event raised by the PodRegistry contract.
type PodRegistryKeyConfigPublished struct {
	Pod           common.Address
	KeyConfigHash [32]byte
	KeyConfig     IPodRegistryKeyConfig
	Raw           *types.Log // Blockchain specific contextual infos
}

const PodRegistryKeyConfigPublishedEventName = "KeyConfigPublished"

// ContractEventName returns the user-defined event name.
func (PodRegistryKeyConfigPublished) ContractEventName() string {
	return PodRegistryKeyConfigPublishedEventName
}

// UnpackKeyConfigPublishedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event KeyConfigPublished(address indexed pod, bytes32 indexed keyConfigHash, (bytes,uint40,uint40,uint64,bytes32,bytes32) keyConfig)
func (podRegistry *PodRegistry) UnpackKeyConfigPublishedEvent(log *types.Log) (*PodRegistryKeyConfigPublished, error) {
	event := "KeyConfigPublished"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != podRegistry.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(PodRegistryKeyConfigPublished)
	if len(log.Data) > 0 {
		if err := podRegistry.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range podRegistry.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// PodRegistryOffersPublished represents a OffersPublished event raised by the PodRegistry contract.
type PodRegistryOffersPublished struct {
	Pod        common.Address
	OffersHash [32]byte
	Offers     []IPodRegistryOffer
	Raw        *types.Log // Blockchain specific contextual infos
}

const PodRegistryOffersPublishedEventName = "OffersPublished"

// ContractEventName returns the user-defined event name.
func (PodRegistryOffersPublished) ContractEventName() string {
	return PodRegistryOffersPublishedEventName
}

// UnpackOffersPublishedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event OffersPublished(address indexed pod, bytes32 indexed offersHash, (string,bytes32,uint96,uint96,uint96,uint96,uint32,uint32,uint32,uint40,bytes32,bytes32)[] offers)
func (podRegistry *PodRegistry) UnpackOffersPublishedEvent(log *types.Log) (*PodRegistryOffersPublished, error) {
	event := "OffersPublished"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != podRegistry.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(PodRegistryOffersPublished)
	if len(log.Data) > 0 {
		if err := podRegistry.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range podRegistry.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// PodRegistryPodRetired represents a PodRetired event raised by the PodRegistry contract.
type PodRegistryPodRetired struct {
	Pod       common.Address
	UnstakeAt *big.Int
	Raw       *types.Log // Blockchain specific contextual infos
}

const PodRegistryPodRetiredEventName = "PodRetired"

// ContractEventName returns the user-defined event name.
func (PodRegistryPodRetired) ContractEventName() string {
	return PodRegistryPodRetiredEventName
}

// UnpackPodRetiredEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event PodRetired(address indexed pod, uint40 unstakeAt)
func (podRegistry *PodRegistry) UnpackPodRetiredEvent(log *types.Log) (*PodRegistryPodRetired, error) {
	event := "PodRetired"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != podRegistry.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(PodRegistryPodRetired)
	if len(log.Data) > 0 {
		if err := podRegistry.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range podRegistry.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// PodRegistryPodUpdated represents a PodUpdated event raised by the PodRegistry contract.
type PodRegistryPodUpdated struct {
	Pod      common.Address
	Operator common.Address
	Identity common.Address
	Url      string
	Raw      *types.Log // Blockchain specific contextual infos
}

const PodRegistryPodUpdatedEventName = "PodUpdated"

// ContractEventName returns the user-defined event name.
func (PodRegistryPodUpdated) ContractEventName() string {
	return PodRegistryPodUpdatedEventName
}

// UnpackPodUpdatedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event PodUpdated(address indexed pod, address indexed operator, address indexed identity, string url)
func (podRegistry *PodRegistry) UnpackPodUpdatedEvent(log *types.Log) (*PodRegistryPodUpdated, error) {
	event := "PodUpdated"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != podRegistry.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(PodRegistryPodUpdated)
	if len(log.Data) > 0 {
		if err := podRegistry.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range podRegistry.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// PodRegistryRelayPublished represents a RelayPublished event raised by the PodRegistry contract.
type PodRegistryRelayPublished struct {
	Operator common.Address
	Url      string
	Raw      *types.Log // Blockchain specific contextual infos
}

const PodRegistryRelayPublishedEventName = "RelayPublished"

// ContractEventName returns the user-defined event name.
func (PodRegistryRelayPublished) ContractEventName() string {
	return PodRegistryRelayPublishedEventName
}

// UnpackRelayPublishedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event RelayPublished(address indexed operator, string url)
func (podRegistry *PodRegistry) UnpackRelayPublishedEvent(log *types.Log) (*PodRegistryRelayPublished, error) {
	event := "RelayPublished"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != podRegistry.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(PodRegistryRelayPublished)
	if len(log.Data) > 0 {
		if err := podRegistry.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range podRegistry.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// PodRegistryStakeWithdrawn represents a StakeWithdrawn event raised by the PodRegistry contract.
type PodRegistryStakeWithdrawn struct {
	Pod    common.Address
	To     common.Address
	Amount *big.Int
	Raw    *types.Log // Blockchain specific contextual infos
}

const PodRegistryStakeWithdrawnEventName = "StakeWithdrawn"

// ContractEventName returns the user-defined event name.
func (PodRegistryStakeWithdrawn) ContractEventName() string {
	return PodRegistryStakeWithdrawnEventName
}

// UnpackStakeWithdrawnEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event StakeWithdrawn(address indexed pod, address to, uint96 amount)
func (podRegistry *PodRegistry) UnpackStakeWithdrawnEvent(log *types.Log) (*PodRegistryStakeWithdrawn, error) {
	event := "StakeWithdrawn"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != podRegistry.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(PodRegistryStakeWithdrawn)
	if len(log.Data) > 0 {
		if err := podRegistry.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range podRegistry.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// UnpackError attempts to decode the provided error data using user-defined
// error definitions.
func (podRegistry *PodRegistry) UnpackError(raw []byte) (any, error) {
	if len(raw) < 4 {
		return nil, errors.New("revert data is shorter than an error's selector")
	}
	if bytes.Equal(raw[:4], podRegistry.abi.Errors["BadHeader"].ID.Bytes()[:4]) {
		return podRegistry.UnpackBadHeaderError(raw[4:])
	}
	if bytes.Equal(raw[:4], podRegistry.abi.Errors["BadIdentity"].ID.Bytes()[:4]) {
		return podRegistry.UnpackBadIdentityError(raw[4:])
	}
	if bytes.Equal(raw[:4], podRegistry.abi.Errors["BadKind"].ID.Bytes()[:4]) {
		return podRegistry.UnpackBadKindError(raw[4:])
	}
	if bytes.Equal(raw[:4], podRegistry.abi.Errors["BadLifetime"].ID.Bytes()[:4]) {
		return podRegistry.UnpackBadLifetimeError(raw[4:])
	}
	if bytes.Equal(raw[:4], podRegistry.abi.Errors["BadReportData"].ID.Bytes()[:4]) {
		return podRegistry.UnpackBadReportDataError(raw[4:])
	}
	if bytes.Equal(raw[:4], podRegistry.abi.Errors["BadSignature"].ID.Bytes()[:4]) {
		return podRegistry.UnpackBadSignatureError(raw[4:])
	}
	if bytes.Equal(raw[:4], podRegistry.abi.Errors["IdentityNotAdmitted"].ID.Bytes()[:4]) {
		return podRegistry.UnpackIdentityNotAdmittedError(raw[4:])
	}
	if bytes.Equal(raw[:4], podRegistry.abi.Errors["IdentityTaken"].ID.Bytes()[:4]) {
		return podRegistry.UnpackIdentityTakenError(raw[4:])
	}
	if bytes.Equal(raw[:4], podRegistry.abi.Errors["NoOffers"].ID.Bytes()[:4]) {
		return podRegistry.UnpackNoOffersError(raw[4:])
	}
	if bytes.Equal(raw[:4], podRegistry.abi.Errors["NotOperator"].ID.Bytes()[:4]) {
		return podRegistry.UnpackNotOperatorError(raw[4:])
	}
	if bytes.Equal(raw[:4], podRegistry.abi.Errors["NotRetired"].ID.Bytes()[:4]) {
		return podRegistry.UnpackNotRetiredError(raw[4:])
	}
	if bytes.Equal(raw[:4], podRegistry.abi.Errors["NotVerifier"].ID.Bytes()[:4]) {
		return podRegistry.UnpackNotVerifierError(raw[4:])
	}
	if bytes.Equal(raw[:4], podRegistry.abi.Errors["PodExists"].ID.Bytes()[:4]) {
		return podRegistry.UnpackPodExistsError(raw[4:])
	}
	if bytes.Equal(raw[:4], podRegistry.abi.Errors["PodIsRetired"].ID.Bytes()[:4]) {
		return podRegistry.UnpackPodIsRetiredError(raw[4:])
	}
	if bytes.Equal(raw[:4], podRegistry.abi.Errors["StakeLocked"].ID.Bytes()[:4]) {
		return podRegistry.UnpackStakeLockedError(raw[4:])
	}
	if bytes.Equal(raw[:4], podRegistry.abi.Errors["StakeTransferFailed"].ID.Bytes()[:4]) {
		return podRegistry.UnpackStakeTransferFailedError(raw[4:])
	}
	if bytes.Equal(raw[:4], podRegistry.abi.Errors["StaleBlock"].ID.Bytes()[:4]) {
		return podRegistry.UnpackStaleBlockError(raw[4:])
	}
	if bytes.Equal(raw[:4], podRegistry.abi.Errors["StaleEpoch"].ID.Bytes()[:4]) {
		return podRegistry.UnpackStaleEpochError(raw[4:])
	}
	if bytes.Equal(raw[:4], podRegistry.abi.Errors["StaleQuote"].ID.Bytes()[:4]) {
		return podRegistry.UnpackStaleQuoteError(raw[4:])
	}
	if bytes.Equal(raw[:4], podRegistry.abi.Errors["TdxNotVerified"].ID.Bytes()[:4]) {
		return podRegistry.UnpackTdxNotVerifiedError(raw[4:])
	}
	if bytes.Equal(raw[:4], podRegistry.abi.Errors["TooLong"].ID.Bytes()[:4]) {
		return podRegistry.UnpackTooLongError(raw[4:])
	}
	if bytes.Equal(raw[:4], podRegistry.abi.Errors["TooManyPods"].ID.Bytes()[:4]) {
		return podRegistry.UnpackTooManyPodsError(raw[4:])
	}
	if bytes.Equal(raw[:4], podRegistry.abi.Errors["UnknownPod"].ID.Bytes()[:4]) {
		return podRegistry.UnpackUnknownPodError(raw[4:])
	}
	if bytes.Equal(raw[:4], podRegistry.abi.Errors["WrongStake"].ID.Bytes()[:4]) {
		return podRegistry.UnpackWrongStakeError(raw[4:])
	}
	if bytes.Equal(raw[:4], podRegistry.abi.Errors["WrongVerifier"].ID.Bytes()[:4]) {
		return podRegistry.UnpackWrongVerifierError(raw[4:])
	}
	return nil, errors.New("unknown error")
}

// PodRegistryBadHeader represents a BadHeader error raised by the PodRegistry contract.
type PodRegistryBadHeader struct {
	Offset *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BadHeader(uint256 offset)
func PodRegistryBadHeaderErrorID() common.Hash {
	return common.HexToHash("0x4a4019c56e48ffeb4330fa9ea49d2308e51df1f355c0fcfdfd8571d5d7be3196")
}

// UnpackBadHeaderError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BadHeader(uint256 offset)
func (podRegistry *PodRegistry) UnpackBadHeaderError(raw []byte) (*PodRegistryBadHeader, error) {
	out := new(PodRegistryBadHeader)
	if err := podRegistry.abi.UnpackIntoInterface(out, "BadHeader", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// PodRegistryBadIdentity represents a BadIdentity error raised by the PodRegistry contract.
type PodRegistryBadIdentity struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BadIdentity()
func PodRegistryBadIdentityErrorID() common.Hash {
	return common.HexToHash("0xd98cd78ff44f7f304252059fe467dbb68f6692abf604c6e0315c076f6d7c6f3b")
}

// UnpackBadIdentityError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BadIdentity()
func (podRegistry *PodRegistry) UnpackBadIdentityError(raw []byte) (*PodRegistryBadIdentity, error) {
	out := new(PodRegistryBadIdentity)
	if err := podRegistry.abi.UnpackIntoInterface(out, "BadIdentity", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// PodRegistryBadKind represents a BadKind error raised by the PodRegistry contract.
type PodRegistryBadKind struct {
	Kind uint8
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BadKind(uint8 kind)
func PodRegistryBadKindErrorID() common.Hash {
	return common.HexToHash("0xdfc03387cd0954383590214b37ff2382020510831b1add1a928434df7243c494")
}

// UnpackBadKindError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BadKind(uint8 kind)
func (podRegistry *PodRegistry) UnpackBadKindError(raw []byte) (*PodRegistryBadKind, error) {
	out := new(PodRegistryBadKind)
	if err := podRegistry.abi.UnpackIntoInterface(out, "BadKind", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// PodRegistryBadLifetime represents a BadLifetime error raised by the PodRegistry contract.
type PodRegistryBadLifetime struct {
	ValidUntil *big.Int
	Latest     *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BadLifetime(uint40 validUntil, uint256 latest)
func PodRegistryBadLifetimeErrorID() common.Hash {
	return common.HexToHash("0x7232613e224cab312c990c07ade1579ed3b00edb7c4eaf2a40703638b33a545e")
}

// UnpackBadLifetimeError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BadLifetime(uint40 validUntil, uint256 latest)
func (podRegistry *PodRegistry) UnpackBadLifetimeError(raw []byte) (*PodRegistryBadLifetime, error) {
	out := new(PodRegistryBadLifetime)
	if err := podRegistry.abi.UnpackIntoInterface(out, "BadLifetime", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// PodRegistryBadReportData represents a BadReportData error raised by the PodRegistry contract.
type PodRegistryBadReportData struct {
	Expected [32]byte
	Actual   [32]byte
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BadReportData(bytes32 expected, bytes32 actual)
func PodRegistryBadReportDataErrorID() common.Hash {
	return common.HexToHash("0xd58ff577d41a18bbbe512f21a6e6e5c29c990225ecfc390c7f32c7f52627cc9e")
}

// UnpackBadReportDataError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BadReportData(bytes32 expected, bytes32 actual)
func (podRegistry *PodRegistry) UnpackBadReportDataError(raw []byte) (*PodRegistryBadReportData, error) {
	out := new(PodRegistryBadReportData)
	if err := podRegistry.abi.UnpackIntoInterface(out, "BadReportData", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// PodRegistryBadSignature represents a BadSignature error raised by the PodRegistry contract.
type PodRegistryBadSignature struct {
	Record string
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BadSignature(string record)
func PodRegistryBadSignatureErrorID() common.Hash {
	return common.HexToHash("0xc642adb5d25889b4e33b21b65cb727f81dd1fc9903fe442e66263c1fbab9f105")
}

// UnpackBadSignatureError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BadSignature(string record)
func (podRegistry *PodRegistry) UnpackBadSignatureError(raw []byte) (*PodRegistryBadSignature, error) {
	out := new(PodRegistryBadSignature)
	if err := podRegistry.abi.UnpackIntoInterface(out, "BadSignature", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// PodRegistryIdentityNotAdmitted represents a IdentityNotAdmitted error raised by the PodRegistry contract.
type PodRegistryIdentityNotAdmitted struct {
	Identity common.Address
	Pod      common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error IdentityNotAdmitted(address identity, address pod)
func PodRegistryIdentityNotAdmittedErrorID() common.Hash {
	return common.HexToHash("0xe97c5b869fa899082614520451ffe0e4d4ed29260874654b74c44ae323d3c7da")
}

// UnpackIdentityNotAdmittedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error IdentityNotAdmitted(address identity, address pod)
func (podRegistry *PodRegistry) UnpackIdentityNotAdmittedError(raw []byte) (*PodRegistryIdentityNotAdmitted, error) {
	out := new(PodRegistryIdentityNotAdmitted)
	if err := podRegistry.abi.UnpackIntoInterface(out, "IdentityNotAdmitted", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// PodRegistryIdentityTaken represents a IdentityTaken error raised by the PodRegistry contract.
type PodRegistryIdentityTaken struct {
	Identity common.Address
	Pod      common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error IdentityTaken(address identity, address pod)
func PodRegistryIdentityTakenErrorID() common.Hash {
	return common.HexToHash("0x659cba20de142c99179cc98b3b053aa48bba9118fd0cf6c543e990f7f0df3703")
}

// UnpackIdentityTakenError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error IdentityTaken(address identity, address pod)
func (podRegistry *PodRegistry) UnpackIdentityTakenError(raw []byte) (*PodRegistryIdentityTaken, error) {
	out := new(PodRegistryIdentityTaken)
	if err := podRegistry.abi.UnpackIntoInterface(out, "IdentityTaken", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// PodRegistryNoOffers represents a NoOffers error raised by the PodRegistry contract.
type PodRegistryNoOffers struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NoOffers()
func PodRegistryNoOffersErrorID() common.Hash {
	return common.HexToHash("0x47d919c6493162d2a4d82fe2fcd96ed142cd1c13874d21811bd07828f4468f81")
}

// UnpackNoOffersError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NoOffers()
func (podRegistry *PodRegistry) UnpackNoOffersError(raw []byte) (*PodRegistryNoOffers, error) {
	out := new(PodRegistryNoOffers)
	if err := podRegistry.abi.UnpackIntoInterface(out, "NoOffers", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// PodRegistryNotOperator represents a NotOperator error raised by the PodRegistry contract.
type PodRegistryNotOperator struct {
	Pod    common.Address
	Caller common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotOperator(address pod, address caller)
func PodRegistryNotOperatorErrorID() common.Hash {
	return common.HexToHash("0x4738d054fb342362ac3b7f0ca661178b1cf93159ab6884ef2cb88b14760d0f55")
}

// UnpackNotOperatorError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotOperator(address pod, address caller)
func (podRegistry *PodRegistry) UnpackNotOperatorError(raw []byte) (*PodRegistryNotOperator, error) {
	out := new(PodRegistryNotOperator)
	if err := podRegistry.abi.UnpackIntoInterface(out, "NotOperator", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// PodRegistryNotRetired represents a NotRetired error raised by the PodRegistry contract.
type PodRegistryNotRetired struct {
	Pod common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotRetired(address pod)
func PodRegistryNotRetiredErrorID() common.Hash {
	return common.HexToHash("0xb2574ceb630e8ff0259528335b5f85803e5ffa04f9d38e553899607e0732b2df")
}

// UnpackNotRetiredError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotRetired(address pod)
func (podRegistry *PodRegistry) UnpackNotRetiredError(raw []byte) (*PodRegistryNotRetired, error) {
	out := new(PodRegistryNotRetired)
	if err := podRegistry.abi.UnpackIntoInterface(out, "NotRetired", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// PodRegistryNotVerifier represents a NotVerifier error raised by the PodRegistry contract.
type PodRegistryNotVerifier struct {
	Caller common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotVerifier(address caller)
func PodRegistryNotVerifierErrorID() common.Hash {
	return common.HexToHash("0xfdad49d4d8abc0def2ccf8ba986dcbd23ea142aa289dd977f311e49829432145")
}

// UnpackNotVerifierError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotVerifier(address caller)
func (podRegistry *PodRegistry) UnpackNotVerifierError(raw []byte) (*PodRegistryNotVerifier, error) {
	out := new(PodRegistryNotVerifier)
	if err := podRegistry.abi.UnpackIntoInterface(out, "NotVerifier", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// PodRegistryPodExists represents a PodExists error raised by the PodRegistry contract.
type PodRegistryPodExists struct {
	Pod common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error PodExists(address pod)
func PodRegistryPodExistsErrorID() common.Hash {
	return common.HexToHash("0x924d03987374293847dcfa701f7e57869f3687133b7d2df545053d66a91d5a1b")
}

// UnpackPodExistsError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error PodExists(address pod)
func (podRegistry *PodRegistry) UnpackPodExistsError(raw []byte) (*PodRegistryPodExists, error) {
	out := new(PodRegistryPodExists)
	if err := podRegistry.abi.UnpackIntoInterface(out, "PodExists", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// PodRegistryPodIsRetired represents a PodIsRetired error raised by the PodRegistry contract.
type PodRegistryPodIsRetired struct {
	Pod common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error PodIsRetired(address pod)
func PodRegistryPodIsRetiredErrorID() common.Hash {
	return common.HexToHash("0x53cdb180452e860695d9a058e649881ebbdf6b208eae0cc93dc004f3b84852c3")
}

// UnpackPodIsRetiredError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error PodIsRetired(address pod)
func (podRegistry *PodRegistry) UnpackPodIsRetiredError(raw []byte) (*PodRegistryPodIsRetired, error) {
	out := new(PodRegistryPodIsRetired)
	if err := podRegistry.abi.UnpackIntoInterface(out, "PodIsRetired", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// PodRegistryStakeLocked represents a StakeLocked error raised by the PodRegistry contract.
type PodRegistryStakeLocked struct {
	Pod   common.Address
	Until *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error StakeLocked(address pod, uint40 until)
func PodRegistryStakeLockedErrorID() common.Hash {
	return common.HexToHash("0x5de76471f1634dadc68beba3770a46b2e4aee2903f9c73919d94fad5cf8ff569")
}

// UnpackStakeLockedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error StakeLocked(address pod, uint40 until)
func (podRegistry *PodRegistry) UnpackStakeLockedError(raw []byte) (*PodRegistryStakeLocked, error) {
	out := new(PodRegistryStakeLocked)
	if err := podRegistry.abi.UnpackIntoInterface(out, "StakeLocked", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// PodRegistryStakeTransferFailed represents a StakeTransferFailed error raised by the PodRegistry contract.
type PodRegistryStakeTransferFailed struct {
	To common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error StakeTransferFailed(address to)
func PodRegistryStakeTransferFailedErrorID() common.Hash {
	return common.HexToHash("0xd1b15cf6e33cbd1576c4f68afb3fd9d8dab721777583c4fd51d9890624df9f9f")
}

// UnpackStakeTransferFailedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error StakeTransferFailed(address to)
func (podRegistry *PodRegistry) UnpackStakeTransferFailedError(raw []byte) (*PodRegistryStakeTransferFailed, error) {
	out := new(PodRegistryStakeTransferFailed)
	if err := podRegistry.abi.UnpackIntoInterface(out, "StakeTransferFailed", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// PodRegistryStaleBlock represents a StaleBlock error raised by the PodRegistry contract.
type PodRegistryStaleBlock struct {
	Number *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error StaleBlock(uint256 number)
func PodRegistryStaleBlockErrorID() common.Hash {
	return common.HexToHash("0x78888b1934a3e2c15f298d49c677b808a909ae40c6473d03b8e7c591272e5510")
}

// UnpackStaleBlockError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error StaleBlock(uint256 number)
func (podRegistry *PodRegistry) UnpackStaleBlockError(raw []byte) (*PodRegistryStaleBlock, error) {
	out := new(PodRegistryStaleBlock)
	if err := podRegistry.abi.UnpackIntoInterface(out, "StaleBlock", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// PodRegistryStaleEpoch represents a StaleEpoch error raised by the PodRegistry contract.
type PodRegistryStaleEpoch struct {
	Epoch   uint64
	Current uint64
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error StaleEpoch(uint64 epoch, uint64 current)
func PodRegistryStaleEpochErrorID() common.Hash {
	return common.HexToHash("0xce85c4225d2813b50103ed0229b2e59cbf35056a7daf864f295bf12a9886a9c5")
}

// UnpackStaleEpochError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error StaleEpoch(uint64 epoch, uint64 current)
func (podRegistry *PodRegistry) UnpackStaleEpochError(raw []byte) (*PodRegistryStaleEpoch, error) {
	out := new(PodRegistryStaleEpoch)
	if err := podRegistry.abi.UnpackIntoInterface(out, "StaleEpoch", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// PodRegistryStaleQuote represents a StaleQuote error raised by the PodRegistry contract.
type PodRegistryStaleQuote struct {
	QuotedAt *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error StaleQuote(uint256 quotedAt)
func PodRegistryStaleQuoteErrorID() common.Hash {
	return common.HexToHash("0xdaf34ce1ab268c749340699ce591db2a2e8f4e8f5c1d88154ad404ccbd0a573d")
}

// UnpackStaleQuoteError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error StaleQuote(uint256 quotedAt)
func (podRegistry *PodRegistry) UnpackStaleQuoteError(raw []byte) (*PodRegistryStaleQuote, error) {
	out := new(PodRegistryStaleQuote)
	if err := podRegistry.abi.UnpackIntoInterface(out, "StaleQuote", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// PodRegistryTdxNotVerified represents a TdxNotVerified error raised by the PodRegistry contract.
type PodRegistryTdxNotVerified struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error TdxNotVerified()
func PodRegistryTdxNotVerifiedErrorID() common.Hash {
	return common.HexToHash("0x86359b9871e63263cc4e182c12144964da50cf11d642ef86bc03825abf330ce1")
}

// UnpackTdxNotVerifiedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error TdxNotVerified()
func (podRegistry *PodRegistry) UnpackTdxNotVerifiedError(raw []byte) (*PodRegistryTdxNotVerified, error) {
	out := new(PodRegistryTdxNotVerified)
	if err := podRegistry.abi.UnpackIntoInterface(out, "TdxNotVerified", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// PodRegistryTooLong represents a TooLong error raised by the PodRegistry contract.
type PodRegistryTooLong struct {
	Field  string
	Length *big.Int
	Limit  *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error TooLong(string field, uint256 length, uint256 limit)
func PodRegistryTooLongErrorID() common.Hash {
	return common.HexToHash("0x6d3b0993948cf40a519a36c38b2ea664f8e4f4abf6dc33d6f1066c356c5cd0fa")
}

// UnpackTooLongError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error TooLong(string field, uint256 length, uint256 limit)
func (podRegistry *PodRegistry) UnpackTooLongError(raw []byte) (*PodRegistryTooLong, error) {
	out := new(PodRegistryTooLong)
	if err := podRegistry.abi.UnpackIntoInterface(out, "TooLong", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// PodRegistryTooManyPods represents a TooManyPods error raised by the PodRegistry contract.
type PodRegistryTooManyPods struct {
	Machine [32]byte
	Limit   *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error TooManyPods(bytes32 machine, uint256 limit)
func PodRegistryTooManyPodsErrorID() common.Hash {
	return common.HexToHash("0xf475fbb696a61134ca8d1fbbe9bf4c39656939eff5d9c3a6007ffa9afb0549bc")
}

// UnpackTooManyPodsError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error TooManyPods(bytes32 machine, uint256 limit)
func (podRegistry *PodRegistry) UnpackTooManyPodsError(raw []byte) (*PodRegistryTooManyPods, error) {
	out := new(PodRegistryTooManyPods)
	if err := podRegistry.abi.UnpackIntoInterface(out, "TooManyPods", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// PodRegistryUnknownPod represents a UnknownPod error raised by the PodRegistry contract.
type PodRegistryUnknownPod struct {
	Pod common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error UnknownPod(address pod)
func PodRegistryUnknownPodErrorID() common.Hash {
	return common.HexToHash("0x85f14c2015f34e3f0775007f3f927b5469d2362c135a9db777ec7377ece65dfb")
}

// UnpackUnknownPodError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error UnknownPod(address pod)
func (podRegistry *PodRegistry) UnpackUnknownPodError(raw []byte) (*PodRegistryUnknownPod, error) {
	out := new(PodRegistryUnknownPod)
	if err := podRegistry.abi.UnpackIntoInterface(out, "UnknownPod", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// PodRegistryWrongStake represents a WrongStake error raised by the PodRegistry contract.
type PodRegistryWrongStake struct {
	Paid  *big.Int
	Stake *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error WrongStake(uint256 paid, uint256 stake)
func PodRegistryWrongStakeErrorID() common.Hash {
	return common.HexToHash("0x8e7704c01503253b18d05f4dd24bf2da873034fdba623da5da78d03b4cb6aa01")
}

// UnpackWrongStakeError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error WrongStake(uint256 paid, uint256 stake)
func (podRegistry *PodRegistry) UnpackWrongStakeError(raw []byte) (*PodRegistryWrongStake, error) {
	out := new(PodRegistryWrongStake)
	if err := podRegistry.abi.UnpackIntoInterface(out, "WrongStake", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// PodRegistryWrongVerifier represents a WrongVerifier error raised by the PodRegistry contract.
type PodRegistryWrongVerifier struct {
	Verifier    common.Address
	ItsRegistry common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error WrongVerifier(address verifier, address itsRegistry)
func PodRegistryWrongVerifierErrorID() common.Hash {
	return common.HexToHash("0xd98bb30144060c2f24358a93c9ea96dd8a81b713712c4971e3b1f56cb169a832")
}

// UnpackWrongVerifierError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error WrongVerifier(address verifier, address itsRegistry)
func (podRegistry *PodRegistry) UnpackWrongVerifierError(raw []byte) (*PodRegistryWrongVerifier, error) {
	out := new(PodRegistryWrongVerifier)
	if err := podRegistry.abi.UnpackIntoInterface(out, "WrongVerifier", raw); err != nil {
		return nil, err
	}
	return out, nil
}
