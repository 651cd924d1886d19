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
	RecordBlock    *big.Int
	KeyConfigBlock *big.Int
	Retired        bool
	Identity       common.Address
	OffersBlock    *big.Int
	Platform       uint32
	Stake          *big.Int
	UnstakeAt      *big.Int
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
	ABI: "[{\"type\":\"constructor\",\"inputs\":[{\"name\":\"escrow_\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"verifier_\",\"type\":\"address\",\"internalType\":\"contractISgxQuoteVerifier\"},{\"name\":\"stakeAmount_\",\"type\":\"uint96\",\"internalType\":\"uint96\"}],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"MAX_CONFIG_BYTES\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"MAX_EVIDENCE_BYTES\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"MAX_IDENTITY_LIFETIME\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"MAX_MODEL_BYTES\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"MAX_OFFERS\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"MAX_PODS_PER_MACHINE\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"MAX_QUOTE_AGE\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"MAX_URL_BYTES\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"UNSTAKE_DELAY\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint40\",\"internalType\":\"uint40\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"admitIdentity\",\"inputs\":[{\"name\":\"id\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"attestation\",\"type\":\"tuple\",\"internalType\":\"structIPodRegistry.Attestation\",\"components\":[{\"name\":\"identity\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"validUntil\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"kind\",\"type\":\"uint8\",\"internalType\":\"uint8\"},{\"name\":\"quote\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"pckX\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"pckY\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"header\",\"type\":\"bytes\",\"internalType\":\"bytes\"}]}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"epoch\",\"inputs\":[{\"name\":\"identity\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint64\",\"internalType\":\"uint64\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"escrow\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"address\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"identityOf\",\"inputs\":[{\"name\":\"identity\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[{\"name\":\"\",\"type\":\"tuple\",\"internalType\":\"structIPodRegistry.Identity\",\"components\":[{\"name\":\"pod\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"validUntil\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"measurement\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"platform\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"admittedAt\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"quotedAt\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"platformAt\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"kind\",\"type\":\"uint8\",\"internalType\":\"uint8\"}]}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"livePods\",\"inputs\":[{\"name\":\"machine\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"pod\",\"inputs\":[{\"name\":\"id\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[{\"name\":\"p\",\"type\":\"tuple\",\"internalType\":\"structIPodRegistry.Pod\",\"components\":[{\"name\":\"operator\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"recordBlock\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"keyConfigBlock\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"retired\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"identity\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"offersBlock\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"platform\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"stake\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"unstakeAt\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"keyConfigHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"offersHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"url\",\"type\":\"string\",\"internalType\":\"string\"}]},{\"name\":\"i\",\"type\":\"tuple\",\"internalType\":\"structIPodRegistry.Identity\",\"components\":[{\"name\":\"pod\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"validUntil\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"measurement\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"platform\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"admittedAt\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"quotedAt\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"platformAt\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"kind\",\"type\":\"uint8\",\"internalType\":\"uint8\"}]},{\"name\":\"standing\",\"type\":\"uint8\",\"internalType\":\"enumIPodRegistry.Standing\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"podCount\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"podId\",\"inputs\":[{\"name\":\"operator\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"salt\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"address\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"pods\",\"inputs\":[{\"name\":\"offset\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"limit\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[{\"name\":\"ids\",\"type\":\"address[]\",\"internalType\":\"address[]\"},{\"name\":\"page\",\"type\":\"tuple[]\",\"internalType\":\"structIPodRegistry.Pod[]\",\"components\":[{\"name\":\"operator\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"recordBlock\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"keyConfigBlock\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"retired\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"identity\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"offersBlock\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"platform\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"stake\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"unstakeAt\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"keyConfigHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"offersHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"url\",\"type\":\"string\",\"internalType\":\"string\"}]},{\"name\":\"identities\",\"type\":\"tuple[]\",\"internalType\":\"structIPodRegistry.Identity[]\",\"components\":[{\"name\":\"pod\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"validUntil\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"measurement\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"platform\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"admittedAt\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"quotedAt\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"platformAt\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"kind\",\"type\":\"uint8\",\"internalType\":\"uint8\"}]},{\"name\":\"standings\",\"type\":\"uint8[]\",\"internalType\":\"enumIPodRegistry.Standing[]\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"publishKeyConfig\",\"inputs\":[{\"name\":\"id\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"keyConfig\",\"type\":\"tuple\",\"internalType\":\"structIPodRegistry.KeyConfig\",\"components\":[{\"name\":\"config\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"notBefore\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"notAfter\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"epoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"r\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"vs\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"publishOffers\",\"inputs\":[{\"name\":\"id\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"offers\",\"type\":\"tuple[]\",\"internalType\":\"structIPodRegistry.Offer[]\",\"components\":[{\"name\":\"model\",\"type\":\"string\",\"internalType\":\"string\"},{\"name\":\"modelDigest\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"inPerM\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"cachedPerM\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"outPerM\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"perRequest\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"ctx\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"defaultOut\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"maxOut\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"validUntil\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"r\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"vs\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"register\",\"inputs\":[{\"name\":\"salt\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"registration\",\"type\":\"tuple\",\"internalType\":\"structIPodRegistry.Registration\",\"components\":[{\"name\":\"url\",\"type\":\"string\",\"internalType\":\"string\"},{\"name\":\"attestation\",\"type\":\"tuple\",\"internalType\":\"structIPodRegistry.Attestation\",\"components\":[{\"name\":\"identity\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"validUntil\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"kind\",\"type\":\"uint8\",\"internalType\":\"uint8\"},{\"name\":\"quote\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"pckX\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"pckY\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"header\",\"type\":\"bytes\",\"internalType\":\"bytes\"}]},{\"name\":\"keyConfig\",\"type\":\"tuple\",\"internalType\":\"structIPodRegistry.KeyConfig\",\"components\":[{\"name\":\"config\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"notBefore\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"notAfter\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"epoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"r\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"vs\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"name\":\"offers\",\"type\":\"tuple[]\",\"internalType\":\"structIPodRegistry.Offer[]\",\"components\":[{\"name\":\"model\",\"type\":\"string\",\"internalType\":\"string\"},{\"name\":\"modelDigest\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"inPerM\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"cachedPerM\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"outPerM\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"perRequest\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"ctx\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"defaultOut\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"maxOut\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"validUntil\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"r\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"vs\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]}]}],\"outputs\":[{\"name\":\"id\",\"type\":\"address\",\"internalType\":\"address\"}],\"stateMutability\":\"payable\"},{\"type\":\"function\",\"name\":\"retire\",\"inputs\":[{\"name\":\"id\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"settlementKey\",\"inputs\":[{\"name\":\"id\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"identity\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[{\"name\":\"operator\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"validUntil\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"standing\",\"type\":\"uint8\",\"internalType\":\"enumIPodRegistry.Standing\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"stakeAmount\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint96\",\"internalType\":\"uint96\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"update\",\"inputs\":[{\"name\":\"id\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"registration\",\"type\":\"tuple\",\"internalType\":\"structIPodRegistry.Registration\",\"components\":[{\"name\":\"url\",\"type\":\"string\",\"internalType\":\"string\"},{\"name\":\"attestation\",\"type\":\"tuple\",\"internalType\":\"structIPodRegistry.Attestation\",\"components\":[{\"name\":\"identity\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"validUntil\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"kind\",\"type\":\"uint8\",\"internalType\":\"uint8\"},{\"name\":\"quote\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"pckX\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"pckY\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"header\",\"type\":\"bytes\",\"internalType\":\"bytes\"}]},{\"name\":\"keyConfig\",\"type\":\"tuple\",\"internalType\":\"structIPodRegistry.KeyConfig\",\"components\":[{\"name\":\"config\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"notBefore\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"notAfter\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"epoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"r\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"vs\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"name\":\"offers\",\"type\":\"tuple[]\",\"internalType\":\"structIPodRegistry.Offer[]\",\"components\":[{\"name\":\"model\",\"type\":\"string\",\"internalType\":\"string\"},{\"name\":\"modelDigest\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"inPerM\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"cachedPerM\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"outPerM\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"perRequest\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"ctx\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"defaultOut\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"maxOut\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"validUntil\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"r\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"vs\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]}]}],\"outputs\":[],\"stateMutability\":\"payable\"},{\"type\":\"function\",\"name\":\"verifier\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"contractISgxQuoteVerifier\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"withdrawStake\",\"inputs\":[{\"name\":\"id\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"to\",\"type\":\"address\",\"internalType\":\"addresspayable\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"event\",\"name\":\"IdentityAdmitted\",\"inputs\":[{\"name\":\"pod\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"identity\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"platform\",\"type\":\"uint32\",\"indexed\":true,\"internalType\":\"uint32\"},{\"name\":\"validUntil\",\"type\":\"uint40\",\"indexed\":false,\"internalType\":\"uint40\"},{\"name\":\"kind\",\"type\":\"uint8\",\"indexed\":false,\"internalType\":\"uint8\"},{\"name\":\"quote\",\"type\":\"bytes\",\"indexed\":false,\"internalType\":\"bytes\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"KeyConfigPublished\",\"inputs\":[{\"name\":\"pod\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"keyConfigHash\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"keyConfig\",\"type\":\"tuple\",\"indexed\":false,\"internalType\":\"structIPodRegistry.KeyConfig\",\"components\":[{\"name\":\"config\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"notBefore\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"notAfter\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"epoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"r\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"vs\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"OffersPublished\",\"inputs\":[{\"name\":\"pod\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"offersHash\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"offers\",\"type\":\"tuple[]\",\"indexed\":false,\"internalType\":\"structIPodRegistry.Offer[]\",\"components\":[{\"name\":\"model\",\"type\":\"string\",\"internalType\":\"string\"},{\"name\":\"modelDigest\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"inPerM\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"cachedPerM\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"outPerM\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"perRequest\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"ctx\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"defaultOut\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"maxOut\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"validUntil\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"r\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"vs\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"PodRetired\",\"inputs\":[{\"name\":\"pod\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"unstakeAt\",\"type\":\"uint40\",\"indexed\":false,\"internalType\":\"uint40\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"PodUpdated\",\"inputs\":[{\"name\":\"pod\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"operator\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"identity\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"url\",\"type\":\"string\",\"indexed\":false,\"internalType\":\"string\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"StakeWithdrawn\",\"inputs\":[{\"name\":\"pod\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"to\",\"type\":\"address\",\"indexed\":false,\"internalType\":\"address\"},{\"name\":\"amount\",\"type\":\"uint96\",\"indexed\":false,\"internalType\":\"uint96\"}],\"anonymous\":false},{\"type\":\"error\",\"name\":\"BadHeader\",\"inputs\":[{\"name\":\"offset\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"BadIdentity\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"BadKind\",\"inputs\":[{\"name\":\"kind\",\"type\":\"uint8\",\"internalType\":\"uint8\"}]},{\"type\":\"error\",\"name\":\"BadLifetime\",\"inputs\":[{\"name\":\"validUntil\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"latest\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"BadReportData\",\"inputs\":[{\"name\":\"expected\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"actual\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"type\":\"error\",\"name\":\"BadSignature\",\"inputs\":[{\"name\":\"record\",\"type\":\"string\",\"internalType\":\"string\"}]},{\"type\":\"error\",\"name\":\"IdentityNotAdmitted\",\"inputs\":[{\"name\":\"identity\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"pod\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"IdentityTaken\",\"inputs\":[{\"name\":\"identity\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"pod\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"NoOffers\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"NotOperator\",\"inputs\":[{\"name\":\"pod\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"caller\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"NotRetired\",\"inputs\":[{\"name\":\"pod\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"PodExists\",\"inputs\":[{\"name\":\"pod\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"PodIsRetired\",\"inputs\":[{\"name\":\"pod\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"StakeLocked\",\"inputs\":[{\"name\":\"pod\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"until\",\"type\":\"uint40\",\"internalType\":\"uint40\"}]},{\"type\":\"error\",\"name\":\"StakeTransferFailed\",\"inputs\":[{\"name\":\"to\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"StaleBlock\",\"inputs\":[{\"name\":\"number\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"StaleEpoch\",\"inputs\":[{\"name\":\"epoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"current\",\"type\":\"uint64\",\"internalType\":\"uint64\"}]},{\"type\":\"error\",\"name\":\"StaleQuote\",\"inputs\":[{\"name\":\"quotedAt\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"TdxNotVerified\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"TooLong\",\"inputs\":[{\"name\":\"field\",\"type\":\"string\",\"internalType\":\"string\"},{\"name\":\"length\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"limit\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"TooManyPods\",\"inputs\":[{\"name\":\"machine\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"limit\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"UnknownPod\",\"inputs\":[{\"name\":\"pod\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"WrongStake\",\"inputs\":[{\"name\":\"paid\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"stake\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]}]",
	ID:  "PodRegistry",
	Bin: "0x60e0346100e757601f6146ca38819003918201601f19168301916001600160401b038311848410176100eb578084926060946040528339810103126100e7578051906001600160a01b03821682036100e7576020810151906001600160a01b03821682036100e75760400151916001600160601b03831683036100e75760805260a05260c0526040516145ca908161010082396080518181816102a6015281816121f20152612997015260a051818181611ac6015281816128fa015281816137b901528181613fdc015281816141330152614241015260c05181818161160701526131cb0152f35b5f80fd5b634e487b7160e01b5f52604160045260245ffdfe6080806040526004361015610012575f80fd5b5f3560e01c908163136fdf3014611b24575080631b1043c814611aea5780632b7ac3f314611a7c57806330cf1d3c14611a4257806331f2a4df146119485780633ac139d91461186f5780633b124547146118365780634479a02b146117fd5780634c2e44231461162b57806360c7dc47146115c55780636d58edbf14610e6b5780636f4fce3b14610dd35780637ddf13ec146102215780637f9a753014610d995780638081e62f14610c3a5780638b810c3614610bce5780638c4fc5ef14610a2d5780639e6371ba146109ec578063b36f97051461081c578063b434535b146107e3578063b948d08414610451578063c6345626146102ca578063e2fdcc171461025c578063e35e5d8414610221578063e4fe6666146101e6578063f23851a9146101ac5763f548c35014610145575f80fd5b346101a85760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101a857602061018a610181611b68565b602435906120f9565b73ffffffffffffffffffffffffffffffffffffffff60405191168152f35b5f80fd5b346101a8575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101a85760206040516101008152f35b346101a8575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101a8576020600454604051908152f35b346101a8575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101a857602060405162093a808152f35b346101a8575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101a857602060405173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b346101a85760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101a85773ffffffffffffffffffffffffffffffffffffffff610316611b68565b61031e611e93565b50165f52600360205261010060405f2060ff60016040519261033f84611da9565b63ffffffff815473ffffffffffffffffffffffffffffffffffffffff8116865264ffffffffff8160a01c16602087015261ffff8160c81c16604087015260d81c166060850152015464ffffffffff8116608084015264ffffffffff8160281c1660a084015264ffffffffff8160501c1660c084015260781c1660e082015261044f604051809260ff60e0809273ffffffffffffffffffffffffffffffffffffffff815116855264ffffffffff602082015116602086015261ffff604082015116604086015263ffffffff606082015116606086015264ffffffffff608082015116608086015264ffffffffff60a08201511660a086015264ffffffffff60c08201511660c0860152015116910152565bf35b346101a85760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101a857610488611b68565b610490611e3b565b50610499611e93565b506104a3816142e9565b90604051906104b182611d8c565b60ff835473ffffffffffffffffffffffffffffffffffffffff8116845264ffffffffff8160a01c16602085015264ffffffffff8160c81c16604085015260f01c1615156060830152600560018401549363ffffffff608085019573ffffffffffffffffffffffffffffffffffffffff8116875264ffffffffff8160a01c1660a087015260c81c1660c085015264ffffffffff60028201546bffffffffffffffffffffffff811660e087015260601c16610100850152600381015461012085015260048101546101408501520192604051935f9080549061059082611f28565b808852916001811690811561078a5750600114610739575b61069686600161067d8873ffffffffffffffffffffffffffffffffffffffff898d6105d5818c0382611de2565b61016087015251165f52600360205260405f209060ff6040519485936105fa85611da9565b63ffffffff815473ffffffffffffffffffffffffffffffffffffffff8116875264ffffffffff8160a01c16602088015261ffff8160c81c16604088015260d81c166060860152015464ffffffffff8116608085015264ffffffffff8160281c1660a085015264ffffffffff8160501c1660c085015260781c1660e0830152613723565b6107266040519485946101408652610140860190611bce565b92602085019060ff60e0809273ffffffffffffffffffffffffffffffffffffffff815116855264ffffffffff602082015116602086015261ffff604082015116604086015263ffffffff606082015116606086015264ffffffffff608082015116608086015264ffffffffff60a08201511660a086015264ffffffffff60c08201511660c0860152015116910152565b61072f81611cb9565b6101208301520390f35b5f908152602081209092505b818310610770575050840160200173ffffffffffffffffffffffffffffffffffffffff61067d6105a8565b6001816020929493945483858b0101520191019190610745565b7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff00166020808a019190915292151560051b8801909201925073ffffffffffffffffffffffffffffffffffffffff915061067d90506105a8565b346101a8575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101a857602060405160408152f35b346101a85760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101a857610853611b68565b6024359073ffffffffffffffffffffffffffffffffffffffff82168092036101a85761087e8161213d565b60ff815460f01c16156109aa5760020190815464ffffffffff8160601c1680421061096557505f809381936bffffffffffffffffffffffff839416917fffffffffffffffffffffffffffffffffffffffff00000000000000000000000081541690557fcb4980f3d99f91eefd64011186d3c941533eb8e28989b14afc5c5713c4f1e55f604073ffffffffffffffffffffffffffffffffffffffff8151938a85528560208601521692a2855af16109326120ca565b501561093a57005b7fd1b15cf6000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b73ffffffffffffffffffffffffffffffffffffffff837f5de76471000000000000000000000000000000000000000000000000000000005f521660045260245260445ffd5b73ffffffffffffffffffffffffffffffffffffffff827fb2574ceb000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b346101a85760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101a857610a2b610a26611b68565b611f79565b005b60407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101a85760243567ffffffffffffffff81116101a85760807ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc82360301126101a857610aa1600435336120f9565b73ffffffffffffffffffffffffffffffffffffffff811690815f52600260205260405f209073ffffffffffffffffffffffffffffffffffffffff825416610ba25781547fffffffffffffffffffffffff000000000000000000000000000000000000000016331782556004549168010000000000000000831015610b7557602094610b35846001610b6d9601600455611ecf565b81549060031b9073ffffffffffffffffffffffffffffffffffffffff88831b921b1916179055610b64826131b6565b6004019161328d565b604051908152f35b7f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b827f924d0398000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b346101a85760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101a85773ffffffffffffffffffffffffffffffffffffffff610c1a611b68565b165f525f602052602067ffffffffffffffff60405f205416604051908152f35b346101a85760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101a857610c71611b68565b6024359073ffffffffffffffffffffffffffffffffffffffff82168092036101a8576060915f52600360205260405f2090610d7d604051610cb181611da9565b60ff600185549573ffffffffffffffffffffffffffffffffffffffff8716845263ffffffff602085019764ffffffffff8160a01c16895261ffff8160c81c16604087015260d81c1688850152015464ffffffffff8116608084015264ffffffffff8160281c1660a084015264ffffffffff8160501c1660c084015260781c1660e082015273ffffffffffffffffffffffffffffffffffffffff83165f52600260205264ffffffffff73ffffffffffffffffffffffffffffffffffffffff60405f20541694511692613723565b906040519283526020830152610d9281611cb9565b6040820152f35b346101a8575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101a85760206040516140008152f35b346101a85760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101a857610e0a611b68565b60243567ffffffffffffffff81116101a857366023820112156101a85780600401359067ffffffffffffffff82116101a8573660248360051b830101116101a857826024610e5a610a2b9561213d565b920191610e656121af565b916138d3565b346101a85760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101a8576004356024356004548083105f146115be5782810390811161153f575b808210156115b65750905b610ecb82611e23565b90610ed96040519283611de2565b828252610ee583611e23565b927fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0602084019401368537610f1981611e23565b90610f276040519283611de2565b8082527fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0610f5482611e23565b015f5b818110611591575050610f6981611e23565b91610f776040519384611de2565b8183527fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0610fa483611e23565b015f5b81811061156c575050610fb982611e23565b91610fc76040519384611de2565b808352610fd381611e23565b947fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe06020850196013687375f5b8281106111f8575050506040519586956080870190608088525180915260a0870191905f5b8181106111c9575050508581036020870152815180825260208201916020808360051b8301019401925f915b8383106111745750505050508481036040860152602080845192838152019301905f5b8181106110c657505050602090848303606086015251918281520191905f5b8181106110a1575050500390f35b9193509160208060019286516110b681611cb9565b8152019401910191849392611093565b919495509192602061010082611164600194895160ff60e0809273ffffffffffffffffffffffffffffffffffffffff815116855264ffffffffff602082015116602086015261ffff604082015116604086015263ffffffff606082015116606086015264ffffffffff608082015116608086015264ffffffffff60a08201511660a086015264ffffffffff60c08201511660c0860152015116910152565b0195019101918695949392611074565b9193959697985091936020806111b4837fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe086600196030187528951611bce565b97019301930190928998979695949293611051565b825173ffffffffffffffffffffffffffffffffffffffff16845289985060209384019390920191600101611025565b5f989394959697985080820180831161153f5761122973ffffffffffffffffffffffffffffffffffffffff91611ecf565b90549060031b1c1661123b828b611f14565b5273ffffffffffffffffffffffffffffffffffffffff61125b828b611f14565b51165f52600260205260405f2060056040519161127783611d8c565b60ff815473ffffffffffffffffffffffffffffffffffffffff8116855264ffffffffff8160a01c16602086015264ffffffffff8160c81c16604086015260f01c161515606084015263ffffffff600182015473ffffffffffffffffffffffffffffffffffffffff8116608086015264ffffffffff8160a01c1660a086015260c81c1660c084015264ffffffffff60028201546bffffffffffffffffffffffff811660e086015260601c166101008401526003810154610120840152600481015461014084015201604051905f9080549061135082611f28565b80855291600181169081156114fa57506001146114c1575b50509061137b8160019594930382611de2565b61016082015261138b8288611f14565b526113968187611f14565b5073ffffffffffffffffffffffffffffffffffffffff60806113b88389611f14565b510151165f52600360205260405f2060ff83604051926113d784611da9565b63ffffffff815473ffffffffffffffffffffffffffffffffffffffff8116865264ffffffffff8160a01c16602087015261ffff8160c81c16604087015260d81c166060850152015464ffffffffff8116608084015264ffffffffff8160281c1660a084015264ffffffffff8160501c1660c084015260781c1660e082015261145f828a611f14565b5261146a8189611f14565b506114a073ffffffffffffffffffffffffffffffffffffffff61148d838d611f14565b5116611499838b611f14565b5190613723565b6114aa8289611f14565b6114b382611cb9565b520197969594939297611000565b5f908152602081209092505b8183106114e4575050810160200161137b82611368565b60018160209254838688010152019201916114cd565b7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff001660208087019190915292151560051b8501909201925061137b9150839050611368565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601160045260245ffd5b60209061157e98939495969798611e93565b8282890101520196959493929196610fa7565b6020906115a397959697949394611e3b565b8282860101520195949395929192610f57565b905090610ec2565b505f610eb7565b346101a8575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101a85760206040516bffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b60407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101a85761165d611b68565b6024359067ffffffffffffffff82116101a857816004019060807ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc84360301126101a8576116aa8161213d565b9073ffffffffffffffffffffffffffffffffffffffff6116d56116d06024870186611d05565b611d38565b165f525f602052604467ffffffffffffffff60405f20541694018467ffffffffffffffff61170e60606117088589611d59565b01611cf0565b16106117b55750610a2b9350815460ff8160f01c16611737575b50611732826131b6565b61328d565b6002830180547fffffffffffffffffffffffffffffff0000000000ffffffffffffffffffffffff1690557fff00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff1682556001820180547fffffff00000000ffffffffffffffffffffffffffffffffffffffffffffffffff16905584611728565b67ffffffffffffffff6117ce6060611708889488611d59565b7fce85c422000000000000000000000000000000000000000000000000000000005f521660045260245260445ffd5b346101a8575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101a857602060405160088152f35b346101a8575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101a857602060405160808152f35b346101a85760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101a8576118a6611b68565b6024359067ffffffffffffffff82116101a85760e07ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc83360301126101a85760ff6118f08261213d565b5460f01c1661190657610a2b91600401906126cd565b73ffffffffffffffffffffffffffffffffffffffff907f53cdb180000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b346101a85760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101a85761197f611b68565b6024359067ffffffffffffffff82116101a85760c07ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc83360301126101a8576119c78161213d565b9073ffffffffffffffffffffffffffffffffffffffff6001830154165f525f60205267ffffffffffffffff60405f20541692606481018467ffffffffffffffff611a1083611cf0565b161115611a2f5750610a2b935060040191611a296121af565b91612398565b67ffffffffffffffff6117ce8692611cf0565b346101a8575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101a85760206040516108008152f35b346101a8575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101a857602060405173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b346101a8575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101a8576020604051610e108152f35b346101a85760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101a8576020906004355f526001825260405f20548152f35b6004359073ffffffffffffffffffffffffffffffffffffffff821682036101a857565b907fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0601f602080948051918291828752018686015e5f8582860101520116010190565b90610180610160611cb69373ffffffffffffffffffffffffffffffffffffffff815116845264ffffffffff602082015116602085015264ffffffffff604082015116604085015260608101511515606085015273ffffffffffffffffffffffffffffffffffffffff608082015116608085015264ffffffffff60a08201511660a085015263ffffffff60c08201511660c08501526bffffffffffffffffffffffff60e08201511660e085015264ffffffffff61010082015116610100850152610120810151610120850152610140810151610140850152015191816101608201520190611b8b565b90565b60041115611cc357565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52602160045260245ffd5b3567ffffffffffffffff811681036101a85790565b9035907fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff21813603018212156101a8570190565b3573ffffffffffffffffffffffffffffffffffffffff811681036101a85790565b9035907fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff41813603018212156101a8570190565b610180810190811067ffffffffffffffff821117610b7557604052565b610100810190811067ffffffffffffffff821117610b7557604052565b60a0810190811067ffffffffffffffff821117610b7557604052565b90601f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0910116810190811067ffffffffffffffff821117610b7557604052565b67ffffffffffffffff8111610b755760051b60200190565b60405190611e4882611d8c565b6060610160835f81525f60208201525f60408201525f838201525f60808201525f60a08201525f60c08201525f60e08201525f6101008201525f6101208201525f6101408201520152565b60405190611ea082611da9565b5f60e0838281528260208201528260408201528260608201528260808201528260a08201528260c08201520152565b600454811015611ee75760045f5260205f2001905f90565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52603260045260245ffd5b8051821015611ee75760209160051b010190565b90600182811c92168015611f6f575b6020831014611f4257565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52602260045260245ffd5b91607f1691611f37565b611f828161213d565b60ff815460f01c1661208c57611f9781613f56565b62093a8064ffffffffff4216019164ffffffffff831161153f5773ffffffffffffffffffffffffffffffffffffffff6020918360027f3b8d159d3a7de14b7553c26ee32a634f5691b0ea315d7729e790ebc910799b329501957fffffffffffffffffffffffffffffff0000000000ffffffffffffffffffffffff70ffffffffff00000000000000000000000088549260601b169116178096557e010000000000000000000000000000000000000000000000000000000000007fff00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff82541617905564ffffffffff6040519560601c1685521692a2565b5050565b67ffffffffffffffff8111610b7557601f017fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe01660200190565b3d156120f4573d906120db82612090565b916120e96040519384611de2565b82523d5f602084013e565b606090565b73ffffffffffffffffffffffffffffffffffffffff9160405190836020830193308552166040830152606082015260608152612136608082611de2565b5190201690565b90612147826142e9565b9173ffffffffffffffffffffffffffffffffffffffff83541633036121695750565b73ffffffffffffffffffffffffffffffffffffffff907f4738d054000000000000000000000000000000000000000000000000000000005f52166004523360245260445ffd5b6040517ff698da2500000000000000000000000000000000000000000000000000000000815260208160048173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000165afa908115612254575f91612225575090565b90506020813d60201161224c575b8161224060209383611de2565b810103126101a8575190565b3d9150612233565b6040513d5f823e3d90fd5b9035907fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe1813603018212156101a8570180359067ffffffffffffffff82116101a8576020019181360383136101a857565b3564ffffffffff811681036101a85790565b9291926122ce82612090565b916122dc6040519384611de2565b8294818452818301116101a8578281602093845f960137010152565b90357fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe1823603018112156101a857016020813591019167ffffffffffffffff82116101a85781360383136101a857565b601f82602094937fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe093818652868601375f8582860101520116010190565b359064ffffffffff821682036101a857565b9190926123a5818061225f565b9390506040938451906123b88683611de2565b600682527f636f6e66696700000000000000000000000000000000000000000000000000006020830152610800811161266f575050838201906123fa826122b0565b61240390614358565b600186015473ffffffffffffffffffffffffffffffffffffffff1691612429848061225f565b3690612434926122c2565b8051906020012090602085019661244a886122b0565b92612454836122b0565b93606088019461246386611cf0565b9084519260208401947f257efbaa800b0ee868ea128e7f360dc0cd564aea5e2c3ecd068f2e35178472f986528a87860152606085015264ffffffffff16608084015264ffffffffff1660a083015267ffffffffffffffff1660c082015260c081526124cf60e082611de2565b519020809960808801359660a0890135998a89858751936124f08986611de2565b6009855285602086017f6b6579436f6e66696700000000000000000000000000000000000000000000009052612525956143b2565b61252e86611cf0565b905f525f602052835f209067ffffffffffffffff1681547fffffffffffffffffffffffffffffffffffffffffffffffff00000000000000001617905580544360c81b7dffffffffff0000000000000000000000000000000000000000000000000016907fffff0000000000ffffffffffffffffffffffffffffffffffffffffffffffffff161781556003015580519560208752806125cb916122f8565b6020880160c0905260e08801906125e192612348565b976125eb90612386565b64ffffffffff16908601526125ff90612386565b64ffffffffff166060850152359067ffffffffffffffff82168092036101a8577fe6baaaee74edc664da1d458bb3c091470860b318a7dca6ce41c662684c76ab6394849373ffffffffffffffffffffffffffffffffffffffff93608086015260a085015260c084015216930390a3565b6126ad925085519283927f6d3b0993000000000000000000000000000000000000000000000000000000008452606060048501526064840190611b8b565b90602483015261080060448301520390fd5b3560ff811681036101a85790565b73ffffffffffffffffffffffffffffffffffffffff6126eb83611d38565b161561318e57606082016126ff818461225f565b9190506040918251906127128483611de2565b600582527f71756f74650000000000000000000000000000000000000000000000000000006020830152614000811161313e57505073ffffffffffffffffffffffffffffffffffffffff61276585611d38565b165f52600360205273ffffffffffffffffffffffffffffffffffffffff825f2054168015158061311e575b6130d157506127a260c085018561225f565b909261040082116130a3576127b83683866122c2565b60208151910120915f905f95803560038310908115613093575b811561305f575b50613033575f9160035b600b841115612edd57505050506127f9816144b1565b8303612eb25750610e10840180851161153f574211612e86576020860195612820876122b0565b62093a8086019081871161153f5764ffffffffff164281108015612e7d575b612e4f575050815161285081611dc6565b5f81525f60208201525f838201525f60608201525f60808201529482820193600160ff61287c876126bf565b1603612dae576128ce965060a0612893878561225f565b8651998a9283927f1c2d5895000000000000000000000000000000000000000000000000000000008452606060048501526064840191612348565b60808701356024830152838701356044830152038173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000165afa968715612d14575f97612d1e575b508660205f8a61293987611d38565b7fffffffffffffffffffffffffffffffffffffffff00000000000000000000000089519181868401947f7068616c6c616d612f706f642d6964656e746974792f7631000000000000000086524660388601523060601b6058860152817f000000000000000000000000000000000000000000000000000000000000000060601b16606c86015260601b1660808401523360601b609484015260601b1660a8820152609c81526129e960bc82611de2565b8851918291518091835e8101838152039060025afa15612d14575f51606082015190808203612ce65750506080015190808203612ce65750505b612a2c886122b0565b90865161ffff16966020810198858a5163ffffffff1692015164ffffffffff1690612a56886126bf565b92875191612a6383611da9565b73ffffffffffffffffffffffffffffffffffffffff169a8b8352602083019664ffffffffff1687528883019081526060830191825260808301964364ffffffffff16885260a084019664ffffffffff16875260c0840194855260e084019560ff168652612acf89611d38565b73ffffffffffffffffffffffffffffffffffffffff9081165f90815260036020528b90209451855492517fffffffffffffff0000000000000000000000000000000000000000000000000090931691161760a09190911b78ffffffffff00000000000000000000000000000000000000001617835551908254905160d81b7effffffff000000000000000000000000000000000000000000000000000000169160c81b7affff0000000000000000000000000000000000000000000000000016907fff000000000000ffffffffffffffffffffffffffffffffffffffffffffffffff1617178155600101935164ffffffffff168454935160281b69ffffffffff000000000016915160501b6effffffffff0000000000000000000016925160781b6fff00000000000000000000000000000016937fffffffffffffffffffffffffffffffffff00000000000000000000000000000016177fffffffffffffffffffffffffffffffff00ffffffffffffffffffffffffffffff161717179055612c5681611d38565b955163ffffffff1696612c68906122b0565b92612c72906126bf565b93612c7c9161225f565b95909180519464ffffffffff869516855260ff16602085015283016060905273ffffffffffffffffffffffffffffffffffffffff16946060830190612cc092612348565b037fed26a5a50f987e031726757a00c43c0fcca1966cce723a19451f1c296f8912cb91a4565b7fd58ff577000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b84513d5f823e3d90fd5b90965060a0813d60a011612da6575b81612d3a60a09383611de2565b810103126101a857835190612d4e82611dc6565b805161ffff811681036101a8578252602081015163ffffffff811681036101a8576020830152848101519064ffffffffff821682036101a857608091868401526060810151606084015201516080820152955f61292a565b3d9150612d2d565b50600260ff612dbc866126bf565b1603612e185761053946148015612e0d575b8015612e01575b612a23577f86359b98000000000000000000000000000000000000000000000000000000005f5260045ffd5b50621466b04614612dd5565b50617a694614612dce565b60ff612e23856126bf565b7fdfc03387000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b7f7232613e000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b5081811161283f565b837fdaf34ce1000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b7f78888b19000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b80830135908160f81c6001926080821015612fc8575b505081810191838311612f9c576008861491828015612f92575b612f20575b5050506001909301926127e3565b6008829893949811612f675781612f555750505f915b15612f495750600190945b905f80612f12565b94985060019098612f41565b8501359060031b610100031c91612f36565b7f4a4019c5000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b50600b8714612f0d565b507f4a4019c5000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b9192509060b7821161300357507fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff8001906001015b5f80612ef3565b9060b8810361301c575060f01c60ff1690600201612ffc565b60b903612f9c5760e81c61ffff1690600301612ffc565b7f4a4019c5000000000000000000000000000000000000000000000000000000005f525f60045260245ffd5b60e81c61ffff167ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffd8401141590505f6127d9565b905060f98160f81c1415906127d2565b7f4a4019c5000000000000000000000000000000000000000000000000000000005f5261040060045260245ffd5b73ffffffffffffffffffffffffffffffffffffffff6130ef86611d38565b7f659cba20000000000000000000000000000000000000000000000000000000005f521660045260245260445ffd5b5073ffffffffffffffffffffffffffffffffffffffff8416811415612790565b61317c925083519283927f6d3b0993000000000000000000000000000000000000000000000000000000008452606060048501526064840190611b8b565b90602483015261400060448301520390fd5b7fd98cd78f000000000000000000000000000000000000000000000000000000005f5260045ffd5b6002016bffffffffffffffffffffffff8154167f0000000000000000000000000000000000000000000000000000000000000000906bffffffffffffffffffffffff8216145f1461327a57506bffffffffffffffffffffffff5f5b1680340361324b5780613222575050565b7fffffffffffffffffffffffffffffffffffffffff000000000000000000000000825416179055565b7f8e7704c0000000000000000000000000000000000000000000000000000000005f523460045260245260445ffd5b6bffffffffffffffffffffffff90613211565b9190613299828061225f565b9290506040928351906132ac8583611de2565b600382527f75726c0000000000000000000000000000000000000000000000000000000000602083015261010081116136d357505073ffffffffffffffffffffffffffffffffffffffff602082016133076116d08285611d05565b9061331f6133158286611d05565b606081019061225f565b90506136ba575b5016805f526003602052835f205473ffffffffffffffffffffffffffffffffffffffff8616908173ffffffffffffffffffffffffffffffffffffffff82160361368a5761337c64ffffffffff8260a01c16614358565b600185019063ffffffff80835460c81c169160d81c169081811490811591613681575b50613671575b5080547fffffffffffffffffffffffff0000000000000000000000000000000000000000168317905583547fffffffffffffff0000000000ffffffffffffffffffffffffffffffffffffffff164360a01b78ffffffffff00000000000000000000000000000000000000001617845561341e838061225f565b600586019167ffffffffffffffff8211610b7557819061343e8454611f28565b601f8111613618575b505f90601f8311600114613576575f9261356b575b50507fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff8260011b9260031b1c19161790555b73ffffffffffffffffffffffffffffffffffffffff845416907fdbc71bebc5b83182b288f7cda722b042ef125c1011db5fb01f7f6142d846a4b26134d2858061225f565b6134e88951928392602084526020840191612348565b0390a461350a6135026134f96121af565b94830183611d59565b848487612398565b6060810135907fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe1813603018212156101a857019182359267ffffffffffffffff84116101a857602001918360051b360383136101a857613569946138d3565b565b013590505f8061345c565b90917fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe01691845f5260205f20925f5b81811061360057509084600195949392106135c8575b505050811b01905561348e565b7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff60f88560031b161c199101351690555f80806135bb565b919360206001819287870135815501950192016135a5565b8281111561344757909150835f5260205f20601f840160051c9060208510613669575b849392601f0160051c82900391015f5b828110613659575050613447565b5f8183015585945060010161364b565b5f915061363b565b61367b908661407c565b5f6133a5565b9050155f61339f565b50907fe97c5b86000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b6136c76136cd9185611d05565b876126cd565b5f613326565b613711925084519283927f6d3b0993000000000000000000000000000000000000000000000000000000008452606060048501526064840190611b8b565b90602483015261010060448301520390fd5b73ffffffffffffffffffffffffffffffffffffffff168015908115613887575b5061388257600260ff60e0830151161461387c5763ffffffff606061ffff60408401511692015116604051917f24b902070000000000000000000000000000000000000000000000000000000083526004830152602482015260408160448173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000165afa908115612254575f905f92613830575b506137f581611cb9565b6001811415908161381b575b50613815571561381057600390565b600190565b50600290565b6002915061382881611cb9565b14155f613801565b9150506040813d604011613874575b8161384c60409383611de2565b810103126101a85780519060048210156101a857602001519081151582036101a8575f6137eb565b3d915061383f565b50600190565b505f90565b905073ffffffffffffffffffffffffffffffffffffffff82511614155f613743565b35906bffffffffffffffffffffffff821682036101a857565b359063ffffffff821682036101a857565b93919092948215613f2e5760409485516138ed8782611de2565b600681527f6f666665727300000000000000000000000000000000000000000000000000006020820152868511613ee057506001859795019473ffffffffffffffffffffffffffffffffffffffff8654169461394881611e23565b9361395589519586611de2565b81855261396182611e23565b917fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe06020870193013684375f9873ffffffffffffffffffffffffffffffffffffffff7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe81863603019616995b82811015613c59578060051b860135878112156101a85786018c6139f0828061225f565b90506139fe82519283611de2565b600582527f6d6f64656c000000000000000000000000000000000000000000000000000000602083015260808111613c0a575050808c6101208f9301613a43816122b0565b613a4c90614358565b613a56838061225f565b3690613a61926122c2565b8051906020012090848401613a7590614487565b90613a8260608601614487565b613a8e60808701614487565b613a9a60a08801614487565b613aa660c089016144a0565b91613ab360e08a016144a0565b93613ac16101008b016144a0565b95613acb906122b0565b968b519860208a019a7f2be93d0402772df87135f85d0ebee55cd8bf523a1b6b49575f1a466bb4cf2b698c528d8b015260608a015260208b013560808a01526bffffffffffffffffffffffff1660a08901526bffffffffffffffffffffffff1660c08801526bffffffffffffffffffffffff1660e08701526bffffffffffffffffffffffff1661010086015263ffffffff1661012085015263ffffffff1661014084015263ffffffff1661016083015264ffffffffff166101808201526101808152613b996101a082611de2565b519020613ba6848c611f14565b528b613bb2848c611f14565b51835193613bc09085611de2565b60058452602084017f6f6666657200000000000000000000000000000000000000000000000000000090528c61016084013593610140013592613c02956143b2565b6001016139cc565b613c4892508e519283927f6d3b0993000000000000000000000000000000000000000000000000000000008452606060048501526064840190611b8b565b906024830152608060448301520390fd5b509397509395509793989098845160208101809251909b905f5b818110613eca575050509081613cb760049493613d089c9d037fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe08101835282611de2565b51902083547fffffffffffffff0000000000ffffffffffffffffffffffffffffffffffffffff164360a01b78ffffffffff000000000000000000000000000000000000000016179093559197889290565b01558151938160208601602087525282850192808360051b8701019482945f925b858410613d60575050505050505090807f945e875e74b7f183dd10aa3109af52a7c1a5bdbd3be39ed01b2308f59732c2c0920390a3565b909192939495967fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc0898203018352873590848212156101a8576020809188600194019061016080613dc4613db485806122f8565b6101808652610180860191612348565b9385810135868501526bffffffffffffffffffffffff613de58a83016138a9565b16898501526bffffffffffffffffffffffff613e03606083016138a9565b1660608501526bffffffffffffffffffffffff613e22608083016138a9565b1660808501526bffffffffffffffffffffffff613e4160a083016138a9565b1660a085015263ffffffff613e5860c083016138c2565b1660c085015263ffffffff613e6f60e083016138c2565b1660e085015263ffffffff613e8761010083016138c2565b1661010085015264ffffffffff613ea16101208301612386565b166101208501526101408101356101408501520135910152990193019401929195949390613d29565b82518e5260209d8e019d90920191600101613c73565b613f1f90858880519384937f6d3b0993000000000000000000000000000000000000000000000000000000008552606060048601526064850190611b8b565b91602484015260448301520390fd5b7f47d919c6000000000000000000000000000000000000000000000000000000005f5260045ffd5b60010163ffffffff815460c81c1680613f93575b507fffffff00000000ffffffffffffffffffffffffffffffffffffffffffffffffff8154169055565b604051907fa7b555e2000000000000000000000000000000000000000000000000000000008252600482015260208160248173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000165afa908115612254575f9161404a575b505f52600160205260405f208054801561153f577fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff0190555f613f6a565b90506020813d602011614074575b8161406560209383611de2565b810103126101a857515f61400c565b3d9150614058565b6001019063ffffffff825460c81c16806141f8575b508163ffffffff92547fffffff00000000ffffffffffffffffffffffffffffffffffffffffffffffffff7cffffffff000000000000000000000000000000000000000000000000008460c81b1691161790551680156141f557604051907fa7b555e2000000000000000000000000000000000000000000000000000000008252600482015260208160248173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000165afa908115612254575f916141c3575b50805f52600160205260405f2054906001820180921161153f5760088211614193575f52600160205260405f2055565b7ff475fbb6000000000000000000000000000000000000000000000000000000005f52600452600860245260445ffd5b90506020813d6020116141ed575b816141de60209383611de2565b810103126101a857515f614163565b3d91506141d1565b50565b604051907fa7b555e2000000000000000000000000000000000000000000000000000000008252600482015260208160248173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000165afa908115612254575f916142b7575b505f52600160205260405f2091825492831561153f577fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff63ffffffff9401905591614091565b90506020813d6020116142e1575b816142d260209383611de2565b810103126101a857515f614271565b3d91506142c5565b73ffffffffffffffffffffffffffffffffffffffff1690815f52600260205260405f209173ffffffffffffffffffffffffffffffffffffffff8354161561432d5750565b7f85f14c20000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b64ffffffffff1642811080156143a4575b6143705750565b7f7232613e000000000000000000000000000000000000000000000000000000005f5260045264ffffffffff60245260445ffd5b5064ffffffffff8111614369565b946144379194604273ffffffffffffffffffffffffffffffffffffffff95948695604051917f19010000000000000000000000000000000000000000000000000000000000008352600283015260228201522060ff601b7f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff851694821c01169061453b565b505092169116036144455750565b614483906040519182917fc642adb5000000000000000000000000000000000000000000000000000000008352602060048401526024830190611b8b565b0390fd5b356bffffffffffffffffffffffff811681036101a85790565b3563ffffffff811681036101a85790565b80408015801590614531575b61452c57505f809160405160208101918252602081526144de604082611de2565b519071f90827f1c53a10cb7a02335b1753200029355afa6144fd6120ca565b9080614521575b1561388257602081519181808201938492010103126101a8575190565b506020815114614504565b905090565b50438210156144bd565b91907f7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a084116145bf579160209360809260ff5f9560405194855216868401526040830152606082015282805260015afa15612254575f5173ffffffffffffffffffffffffffffffffffffffff8116156145b557905f905f90565b505f906001905f90565b5050505f916003919056",
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

// PackPod is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb948d084.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function pod(address id) view returns((address,uint40,uint40,bool,address,uint40,uint32,uint96,uint40,bytes32,bytes32,string) p, (address,uint40,uint16,uint32,uint40,uint40,uint40,uint8) i, uint8 standing)
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
// Solidity: function pod(address id) view returns((address,uint40,uint40,bool,address,uint40,uint32,uint96,uint40,bytes32,bytes32,string) p, (address,uint40,uint16,uint32,uint40,uint40,uint40,uint8) i, uint8 standing)
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
// Solidity: function pod(address id) view returns((address,uint40,uint40,bool,address,uint40,uint32,uint96,uint40,bytes32,bytes32,string) p, (address,uint40,uint16,uint32,uint40,uint40,uint40,uint8) i, uint8 standing)
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
// Solidity: function pods(uint256 offset, uint256 limit) view returns(address[] ids, (address,uint40,uint40,bool,address,uint40,uint32,uint96,uint40,bytes32,bytes32,string)[] page, (address,uint40,uint16,uint32,uint40,uint40,uint40,uint8)[] identities, uint8[] standings)
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
// Solidity: function pods(uint256 offset, uint256 limit) view returns(address[] ids, (address,uint40,uint40,bool,address,uint40,uint32,uint96,uint40,bytes32,bytes32,string)[] page, (address,uint40,uint16,uint32,uint40,uint40,uint40,uint8)[] identities, uint8[] standings)
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
// Solidity: function pods(uint256 offset, uint256 limit) view returns(address[] ids, (address,uint40,uint40,bool,address,uint40,uint32,uint96,uint40,bytes32,bytes32,string)[] page, (address,uint40,uint16,uint32,uint40,uint40,uint40,uint8)[] identities, uint8[] standings)
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
// the contract method with ID 0x8081e62f.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function settlementKey(address id, address identity) view returns(address operator, uint40 validUntil, uint8 standing)
func (podRegistry *PodRegistry) PackSettlementKey(id common.Address, identity common.Address) []byte {
	enc, err := podRegistry.abi.Pack("settlementKey", id, identity)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSettlementKey is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8081e62f.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function settlementKey(address id, address identity) view returns(address operator, uint40 validUntil, uint8 standing)
func (podRegistry *PodRegistry) TryPackSettlementKey(id common.Address, identity common.Address) ([]byte, error) {
	return podRegistry.abi.Pack("settlementKey", id, identity)
}

// SettlementKeyOutput serves as a container for the return parameters of contract
// method SettlementKey.
type SettlementKeyOutput struct {
	Operator   common.Address
	ValidUntil *big.Int
	Standing   uint8
}

// UnpackSettlementKey is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x8081e62f.
//
// Solidity: function settlementKey(address id, address identity) view returns(address operator, uint40 validUntil, uint8 standing)
func (podRegistry *PodRegistry) UnpackSettlementKey(data []byte) (SettlementKeyOutput, error) {
	out, err := podRegistry.abi.Unpack("settlementKey", data)
	outstruct := new(SettlementKeyOutput)
	if err != nil {
		return *outstruct, err
	}
	outstruct.Operator = *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
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
