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
	ABI: "[{\"type\":\"constructor\",\"inputs\":[{\"name\":\"escrow_\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"verifier_\",\"type\":\"address\",\"internalType\":\"contractISgxQuoteVerifier\"},{\"name\":\"stakeAmount_\",\"type\":\"uint96\",\"internalType\":\"uint96\"}],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"MAX_CONFIG_BYTES\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"MAX_EVIDENCE_BYTES\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"MAX_IDENTITY_LIFETIME\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"MAX_MODEL_BYTES\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"MAX_OFFERS\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"MAX_PODS_PER_MACHINE\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"MAX_QUOTE_AGE\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"MAX_URL_BYTES\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"UNSTAKE_DELAY\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint40\",\"internalType\":\"uint40\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"admitIdentity\",\"inputs\":[{\"name\":\"id\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"attestation\",\"type\":\"tuple\",\"internalType\":\"structIPodRegistry.Attestation\",\"components\":[{\"name\":\"identity\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"validUntil\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"kind\",\"type\":\"uint8\",\"internalType\":\"uint8\"},{\"name\":\"quote\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"pckX\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"pckY\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"header\",\"type\":\"bytes\",\"internalType\":\"bytes\"}]}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"epoch\",\"inputs\":[{\"name\":\"identity\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint64\",\"internalType\":\"uint64\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"escrow\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"address\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"identityOf\",\"inputs\":[{\"name\":\"identity\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[{\"name\":\"\",\"type\":\"tuple\",\"internalType\":\"structIPodRegistry.Identity\",\"components\":[{\"name\":\"pod\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"validUntil\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"measurement\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"platform\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"admittedAt\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"quotedAt\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"platformAt\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"kind\",\"type\":\"uint8\",\"internalType\":\"uint8\"}]}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"livePods\",\"inputs\":[{\"name\":\"machine\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"pod\",\"inputs\":[{\"name\":\"id\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[{\"name\":\"p\",\"type\":\"tuple\",\"internalType\":\"structIPodRegistry.Pod\",\"components\":[{\"name\":\"operator\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"number\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"keyConfigBlock\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"retired\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"identity\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"offersBlock\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"platform\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"stake\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"unstakeAt\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"recordBlock\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"keyConfigHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"offersHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"url\",\"type\":\"string\",\"internalType\":\"string\"}]},{\"name\":\"i\",\"type\":\"tuple\",\"internalType\":\"structIPodRegistry.Identity\",\"components\":[{\"name\":\"pod\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"validUntil\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"measurement\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"platform\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"admittedAt\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"quotedAt\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"platformAt\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"kind\",\"type\":\"uint8\",\"internalType\":\"uint8\"}]},{\"name\":\"standing\",\"type\":\"uint8\",\"internalType\":\"enumIPodRegistry.Standing\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"podCount\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"podId\",\"inputs\":[{\"name\":\"operator\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"salt\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"address\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"pods\",\"inputs\":[{\"name\":\"offset\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"limit\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[{\"name\":\"ids\",\"type\":\"address[]\",\"internalType\":\"address[]\"},{\"name\":\"page\",\"type\":\"tuple[]\",\"internalType\":\"structIPodRegistry.Pod[]\",\"components\":[{\"name\":\"operator\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"number\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"keyConfigBlock\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"retired\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"identity\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"offersBlock\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"platform\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"stake\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"unstakeAt\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"recordBlock\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"keyConfigHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"offersHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"url\",\"type\":\"string\",\"internalType\":\"string\"}]},{\"name\":\"identities\",\"type\":\"tuple[]\",\"internalType\":\"structIPodRegistry.Identity[]\",\"components\":[{\"name\":\"pod\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"validUntil\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"measurement\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"platform\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"admittedAt\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"quotedAt\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"platformAt\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"kind\",\"type\":\"uint8\",\"internalType\":\"uint8\"}]},{\"name\":\"standings\",\"type\":\"uint8[]\",\"internalType\":\"enumIPodRegistry.Standing[]\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"publishKeyConfig\",\"inputs\":[{\"name\":\"id\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"keyConfig\",\"type\":\"tuple\",\"internalType\":\"structIPodRegistry.KeyConfig\",\"components\":[{\"name\":\"config\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"notBefore\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"notAfter\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"epoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"r\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"vs\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"publishOffers\",\"inputs\":[{\"name\":\"id\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"offers\",\"type\":\"tuple[]\",\"internalType\":\"structIPodRegistry.Offer[]\",\"components\":[{\"name\":\"model\",\"type\":\"string\",\"internalType\":\"string\"},{\"name\":\"modelDigest\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"inPerM\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"cachedPerM\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"outPerM\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"perRequest\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"ctx\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"defaultOut\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"maxOut\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"validUntil\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"r\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"vs\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"register\",\"inputs\":[{\"name\":\"salt\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"registration\",\"type\":\"tuple\",\"internalType\":\"structIPodRegistry.Registration\",\"components\":[{\"name\":\"url\",\"type\":\"string\",\"internalType\":\"string\"},{\"name\":\"attestation\",\"type\":\"tuple\",\"internalType\":\"structIPodRegistry.Attestation\",\"components\":[{\"name\":\"identity\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"validUntil\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"kind\",\"type\":\"uint8\",\"internalType\":\"uint8\"},{\"name\":\"quote\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"pckX\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"pckY\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"header\",\"type\":\"bytes\",\"internalType\":\"bytes\"}]},{\"name\":\"keyConfig\",\"type\":\"tuple\",\"internalType\":\"structIPodRegistry.KeyConfig\",\"components\":[{\"name\":\"config\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"notBefore\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"notAfter\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"epoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"r\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"vs\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"name\":\"offers\",\"type\":\"tuple[]\",\"internalType\":\"structIPodRegistry.Offer[]\",\"components\":[{\"name\":\"model\",\"type\":\"string\",\"internalType\":\"string\"},{\"name\":\"modelDigest\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"inPerM\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"cachedPerM\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"outPerM\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"perRequest\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"ctx\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"defaultOut\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"maxOut\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"validUntil\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"r\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"vs\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]}]}],\"outputs\":[{\"name\":\"id\",\"type\":\"address\",\"internalType\":\"address\"}],\"stateMutability\":\"payable\"},{\"type\":\"function\",\"name\":\"retire\",\"inputs\":[{\"name\":\"id\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"settlementKey\",\"inputs\":[{\"name\":\"id\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"identity\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[{\"name\":\"operator\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"validUntil\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"standing\",\"type\":\"uint8\",\"internalType\":\"enumIPodRegistry.Standing\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"stakeAmount\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint96\",\"internalType\":\"uint96\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"update\",\"inputs\":[{\"name\":\"id\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"registration\",\"type\":\"tuple\",\"internalType\":\"structIPodRegistry.Registration\",\"components\":[{\"name\":\"url\",\"type\":\"string\",\"internalType\":\"string\"},{\"name\":\"attestation\",\"type\":\"tuple\",\"internalType\":\"structIPodRegistry.Attestation\",\"components\":[{\"name\":\"identity\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"validUntil\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"kind\",\"type\":\"uint8\",\"internalType\":\"uint8\"},{\"name\":\"quote\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"pckX\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"pckY\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"header\",\"type\":\"bytes\",\"internalType\":\"bytes\"}]},{\"name\":\"keyConfig\",\"type\":\"tuple\",\"internalType\":\"structIPodRegistry.KeyConfig\",\"components\":[{\"name\":\"config\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"notBefore\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"notAfter\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"epoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"r\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"vs\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"name\":\"offers\",\"type\":\"tuple[]\",\"internalType\":\"structIPodRegistry.Offer[]\",\"components\":[{\"name\":\"model\",\"type\":\"string\",\"internalType\":\"string\"},{\"name\":\"modelDigest\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"inPerM\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"cachedPerM\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"outPerM\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"perRequest\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"ctx\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"defaultOut\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"maxOut\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"validUntil\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"r\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"vs\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]}]}],\"outputs\":[],\"stateMutability\":\"payable\"},{\"type\":\"function\",\"name\":\"verifier\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"contractISgxQuoteVerifier\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"withdrawStake\",\"inputs\":[{\"name\":\"id\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"to\",\"type\":\"address\",\"internalType\":\"addresspayable\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"event\",\"name\":\"IdentityAdmitted\",\"inputs\":[{\"name\":\"pod\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"identity\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"platform\",\"type\":\"uint32\",\"indexed\":true,\"internalType\":\"uint32\"},{\"name\":\"validUntil\",\"type\":\"uint40\",\"indexed\":false,\"internalType\":\"uint40\"},{\"name\":\"kind\",\"type\":\"uint8\",\"indexed\":false,\"internalType\":\"uint8\"},{\"name\":\"quote\",\"type\":\"bytes\",\"indexed\":false,\"internalType\":\"bytes\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"KeyConfigPublished\",\"inputs\":[{\"name\":\"pod\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"keyConfigHash\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"keyConfig\",\"type\":\"tuple\",\"indexed\":false,\"internalType\":\"structIPodRegistry.KeyConfig\",\"components\":[{\"name\":\"config\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"notBefore\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"notAfter\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"epoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"r\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"vs\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"OffersPublished\",\"inputs\":[{\"name\":\"pod\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"offersHash\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"offers\",\"type\":\"tuple[]\",\"indexed\":false,\"internalType\":\"structIPodRegistry.Offer[]\",\"components\":[{\"name\":\"model\",\"type\":\"string\",\"internalType\":\"string\"},{\"name\":\"modelDigest\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"inPerM\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"cachedPerM\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"outPerM\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"perRequest\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"ctx\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"defaultOut\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"maxOut\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"validUntil\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"r\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"vs\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"PodRetired\",\"inputs\":[{\"name\":\"pod\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"unstakeAt\",\"type\":\"uint40\",\"indexed\":false,\"internalType\":\"uint40\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"PodUpdated\",\"inputs\":[{\"name\":\"pod\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"operator\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"identity\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"url\",\"type\":\"string\",\"indexed\":false,\"internalType\":\"string\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"StakeWithdrawn\",\"inputs\":[{\"name\":\"pod\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"to\",\"type\":\"address\",\"indexed\":false,\"internalType\":\"address\"},{\"name\":\"amount\",\"type\":\"uint96\",\"indexed\":false,\"internalType\":\"uint96\"}],\"anonymous\":false},{\"type\":\"error\",\"name\":\"BadHeader\",\"inputs\":[{\"name\":\"offset\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"BadIdentity\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"BadKind\",\"inputs\":[{\"name\":\"kind\",\"type\":\"uint8\",\"internalType\":\"uint8\"}]},{\"type\":\"error\",\"name\":\"BadLifetime\",\"inputs\":[{\"name\":\"validUntil\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"latest\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"BadReportData\",\"inputs\":[{\"name\":\"expected\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"actual\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"type\":\"error\",\"name\":\"BadSignature\",\"inputs\":[{\"name\":\"record\",\"type\":\"string\",\"internalType\":\"string\"}]},{\"type\":\"error\",\"name\":\"IdentityNotAdmitted\",\"inputs\":[{\"name\":\"identity\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"pod\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"IdentityTaken\",\"inputs\":[{\"name\":\"identity\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"pod\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"NoOffers\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"NotOperator\",\"inputs\":[{\"name\":\"pod\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"caller\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"NotRetired\",\"inputs\":[{\"name\":\"pod\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"PodExists\",\"inputs\":[{\"name\":\"pod\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"PodIsRetired\",\"inputs\":[{\"name\":\"pod\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"StakeLocked\",\"inputs\":[{\"name\":\"pod\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"until\",\"type\":\"uint40\",\"internalType\":\"uint40\"}]},{\"type\":\"error\",\"name\":\"StakeTransferFailed\",\"inputs\":[{\"name\":\"to\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"StaleBlock\",\"inputs\":[{\"name\":\"number\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"StaleEpoch\",\"inputs\":[{\"name\":\"epoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"current\",\"type\":\"uint64\",\"internalType\":\"uint64\"}]},{\"type\":\"error\",\"name\":\"StaleQuote\",\"inputs\":[{\"name\":\"quotedAt\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"TdxNotVerified\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"TooLong\",\"inputs\":[{\"name\":\"field\",\"type\":\"string\",\"internalType\":\"string\"},{\"name\":\"length\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"limit\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"TooManyPods\",\"inputs\":[{\"name\":\"machine\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"limit\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"UnknownPod\",\"inputs\":[{\"name\":\"pod\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"WrongStake\",\"inputs\":[{\"name\":\"paid\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"stake\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]}]",
	ID:  "PodRegistry",
	Bin: "0x60e0346100e757601f6147b938819003918201601f19168301916001600160401b038311848410176100eb578084926060946040528339810103126100e7578051906001600160a01b03821682036100e7576020810151906001600160a01b03821682036100e75760400151916001600160601b03831683036100e75760805260a05260c0526040516146b9908161010082396080518181816102a6015281816122ba0152612a5b015260a0518181816119ae015281816129be015281816138b8015281816140cb015281816142220152614330015260c0518181816114ee01526132c70152f35b5f80fd5b634e487b7160e01b5f52604160045260245ffdfe6080806040526004361015610012575f80fd5b5f3560e01c908163136fdf3014611a0c575080631b1043c8146119d25780632b7ac3f31461196457806330cf1d3c1461192a57806331f2a4df146118305780633ac139d9146117565780633b1245471461171d5780634479a02b146116e45780634c2e44231461151257806360c7dc47146114ac5780636d58edbf14610db55780636f4fce3b14610d1d5780637ddf13ec146102215780637f9a753014610ce35780638081e62f14610b945780638b810c3614610b285780638c4fc5ef146109605780639e6371ba1461091f578063b36f97051461074f578063b434535b14610716578063b948d084146103a0578063c6345626146102ca578063e2fdcc171461025c578063e35e5d8414610221578063e4fe6666146101e6578063f23851a9146101ac5763f548c35014610145575f80fd5b346101a85760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101a857602061018a610181611a50565b602435906121c1565b73ffffffffffffffffffffffffffffffffffffffff60405191168152f35b5f80fd5b346101a8575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101a85760206040516101008152f35b346101a8575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101a8576020600454604051908152f35b346101a8575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101a857602060405162093a808152f35b346101a8575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101a857602060405173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b346101a85760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101a85761010061030c610307611a50565b612030565b61039e604051809260ff60e0809273ffffffffffffffffffffffffffffffffffffffff815116855264ffffffffff602082015116602086015261ffff604082015116604086015263ffffffff606082015116606086015264ffffffffff608082015116608086015264ffffffffff60a08201511660a086015264ffffffffff60c08201511660c0860152015116910152565bf35b346101a85760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101a8576103f16103da611a50565b6103e2611d35565b506103eb611d94565b506143d8565b6040516103fd81611c86565b815473ffffffffffffffffffffffffffffffffffffffff8116825260ff602083019163ffffffff8160a01c16835264ffffffffff8160c01c16604085015260e81c1615156060830152600560018401549363ffffffff608085019573ffffffffffffffffffffffffffffffffffffffff8116875264ffffffffff8160a01c1660a087015260c81c1660c085015264ffffffffff60028201546bffffffffffffffffffffffff811660e0870152818160601c1661010087015260881c16610120850152600381015461014085015260048101546101608501520192604051935f908054906104e982611e29565b80885291600181169081156106d15750600114610694575b505090846105176105f1966105d8940382611cdc565b61018085015273ffffffffffffffffffffffffffffffffffffffff63ffffffff61054382845116612030565b9451169151165f52600360205260405f209060ff6040519261056484611ca3565b5463ffffffff8116845264ffffffffff8160201c16602085015261ffff8160481c16604085015263ffffffff8160581c16606085015264ffffffffff8160781c16608085015264ffffffffff8160a01c1660a085015264ffffffffff8160c81c1660c085015260f01c1660e0830152613832565b6106816040519485946101408652610140860190611ab6565b92602085019060ff60e0809273ffffffffffffffffffffffffffffffffffffffff815116855264ffffffffff602082015116602086015261ffff604082015116604086015263ffffffff606082015116606086015264ffffffffff608082015116608086015264ffffffffff60a08201511660a086015264ffffffffff60c08201511660c0860152015116910152565b61068a81611bb3565b6101208301520390f35b5f908152602081209092505b8183106106b7575050840160200184610517610501565b6001816020929493945483858b01015201910191906106a0565b7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff00166020808a019190915292151560051b880190920192508691506105179050610501565b346101a8575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101a857602060405160408152f35b346101a85760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101a857610786611a50565b6024359073ffffffffffffffffffffffffffffffffffffffff82168092036101a8576107b181612205565b60ff815460e81c16156108dd5760020190815464ffffffffff8160601c1680421061089857505f809381936bffffffffffffffffffffffff839416917fffffffffffffffffffffffffffffffffffffffff00000000000000000000000081541690557fcb4980f3d99f91eefd64011186d3c941533eb8e28989b14afc5c5713c4f1e55f604073ffffffffffffffffffffffffffffffffffffffff8151938a85528560208601521692a2855af1610865611fca565b501561086d57005b7fd1b15cf6000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b73ffffffffffffffffffffffffffffffffffffffff837f5de76471000000000000000000000000000000000000000000000000000000005f521660045260245260445ffd5b73ffffffffffffffffffffffffffffffffffffffff827fb2574ceb000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b346101a85760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101a85761095e610959611a50565b611e7a565b005b60407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101a85760243567ffffffffffffffff81116101a85760807ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc82360301126101a8576109d4600435336121c1565b73ffffffffffffffffffffffffffffffffffffffff811690815f52600260205260405f209073ffffffffffffffffffffffffffffffffffffffff825416610afc576004549168010000000000000000831015610acf57602094610a40846001610ac79601600455611dd0565b815473ffffffffffffffffffffffffffffffffffffffff60039290921b91821b19169087901b17905560045482547fffffffffffffffff0000000000000000000000000000000000000000000000001660a09190911b77ffffffff0000000000000000000000000000000000000000161733178255610abe826132b2565b60040191613389565b604051908152f35b7f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b827f924d0398000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b346101a85760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101a85773ffffffffffffffffffffffffffffffffffffffff610b74611a50565b165f525f602052602067ffffffffffffffff60405f205416604051908152f35b346101a85760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101a857610bcb611a50565b60243573ffffffffffffffffffffffffffffffffffffffff81168091036101a85773ffffffffffffffffffffffffffffffffffffffff606092165f52600260205260405f20905f52600360205260405f2090610cb160405192610c2d84611ca3565b549163ffffffff8316845260ff64ffffffffff8460201c169384602087015261ffff8160481c16604087015263ffffffff8160581c168787015264ffffffffff8160781c16608087015264ffffffffff8160a01c1660a087015264ffffffffff8160c81c1660c087015260f01c1660e0850152549263ffffffff8460a01c16613832565b9073ffffffffffffffffffffffffffffffffffffffff604051931683526020830152610cdc81611bb3565b6040820152f35b346101a8575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101a85760206040516140008152f35b346101a85760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101a857610d54611a50565b60243567ffffffffffffffff81116101a857366023820112156101a85780600401359067ffffffffffffffff82116101a8573660248360051b830101116101a857826024610da461095e95612205565b920191610daf612277565b916139c2565b346101a85760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101a8576004356024356004548083105f146114a557828103908111611426575b8082101561149d5750905b610e1582611d1d565b90610e236040519283611cdc565b828252610e2f83611d1d565b927fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0602084019401368537610e6381611d1d565b90610e716040519283611cdc565b8082527fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0610e9e82611d1d565b015f5b818110611478575050610eb381611d1d565b91610ec16040519384611cdc565b8183527fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0610eee83611d1d565b015f5b818110611453575050610f0382611d1d565b91610f116040519384611cdc565b808352610f1d81611d1d565b947fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe06020850196013687375f5b828110611142575050506040519586956080870190608088525180915260a0870191905f5b818110611113575050508581036020870152815180825260208201916020808360051b8301019401925f915b8383106110be5750505050508481036040860152602080845192838152019301905f5b81811061101057505050602090848303606086015251918281520191905f5b818110610feb575050500390f35b91935091602080600192865161100081611bb3565b8152019401910191849392610fdd565b9194955091926020610100826110ae600194895160ff60e0809273ffffffffffffffffffffffffffffffffffffffff815116855264ffffffffff602082015116602086015261ffff604082015116604086015263ffffffff606082015116606086015264ffffffffff608082015116608086015264ffffffffff60a08201511660a086015264ffffffffff60c08201511660c0860152015116910152565b0195019101918695949392610fbe565b9193959697985091936020806110fe837fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe086600196030187528951611ab6565b97019301930190928998979695949293610f9b565b825173ffffffffffffffffffffffffffffffffffffffff16845289985060209384019390920191600101610f6f565b5f98939495969798508082018083116114265761117373ffffffffffffffffffffffffffffffffffffffff91611dd0565b90549060031b1c16611185828b611e15565b5273ffffffffffffffffffffffffffffffffffffffff6111a5828b611e15565b51165f52600260205260405f206005604051916111c183611c86565b60ff815473ffffffffffffffffffffffffffffffffffffffff8116855263ffffffff8160a01c16602086015264ffffffffff8160c01c16604086015260e81c161515606084015263ffffffff600182015473ffffffffffffffffffffffffffffffffffffffff8116608086015264ffffffffff8160a01c1660a086015260c81c1660c084015264ffffffffff60028201546bffffffffffffffffffffffff811660e0860152818160601c1661010086015260881c166101208401526003810154610140840152600481015461016084015201604051905f908054906112a582611e29565b80855291600181169081156113e157506001146113a8575b5050906112d08160019594930382611cdc565b6101808201526112e08288611e15565b526112eb8187611e15565b5061131973ffffffffffffffffffffffffffffffffffffffff6080611310848a611e15565b51015116612030565b611323828a611e15565b5261132e8189611e15565b5061138763ffffffff6020611343848a611e15565b5101511673ffffffffffffffffffffffffffffffffffffffff6080611368858b611e15565b510151165f52600360205260405f209060ff6040519261056484611ca3565b6113918289611e15565b61139a82611bb3565b520197969594939297610f4a565b5f908152602081209092505b8183106113cb57505081016020016112d0826112bd565b60018160209254838688010152019201916113b4565b7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff001660208087019190915292151560051b850190920192506112d091508390506112bd565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601160045260245ffd5b60209061146598939495969798611d94565b8282890101520196959493929196610ef1565b60209061148a97959697949394611d35565b8282860101520195949395929192610ea1565b905090610e0c565b505f610e01565b346101a8575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101a85760206040516bffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b60407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101a857611544611a50565b6024359067ffffffffffffffff82116101a857816004019060807ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc84360301126101a85761159181612205565b9073ffffffffffffffffffffffffffffffffffffffff6115bc6115b76024870186611bff565b611c32565b165f525f602052604467ffffffffffffffff60405f20541694018467ffffffffffffffff6115f560606115ef8589611c53565b01611bea565b161061169c575061095e9350815460ff8160e81c1661161e575b50611619826132b2565b613389565b6002830180547fffffffffffffffffffffffffffffff0000000000ffffffffffffffffffffffff1690557fffff00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffff1682556001820180547fffffff00000000ffffffffffffffffffffffffffffffffffffffffffffffffff1690558461160f565b67ffffffffffffffff6116b560606115ef889488611c53565b7fce85c422000000000000000000000000000000000000000000000000000000005f521660045260245260445ffd5b346101a8575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101a857602060405160088152f35b346101a8575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101a857602060405160808152f35b346101a85760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101a85761178d611a50565b6024359067ffffffffffffffff82116101a85760e07ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc83360301126101a8576117d581612205565b60ff815460e81c166117ee5761095e9260040191612794565b73ffffffffffffffffffffffffffffffffffffffff827f53cdb180000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b346101a85760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101a857611867611a50565b6024359067ffffffffffffffff82116101a85760c07ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc83360301126101a8576118af81612205565b9073ffffffffffffffffffffffffffffffffffffffff6001830154165f525f60205267ffffffffffffffff60405f20541692606481018467ffffffffffffffff6118f883611bea565b161115611917575061095e935060040191611911612277565b91612460565b67ffffffffffffffff6116b58692611bea565b346101a8575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101a85760206040516108008152f35b346101a8575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101a857602060405173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b346101a8575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101a8576020604051610e108152f35b346101a85760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101a8576020906004355f526001825260405f20548152f35b6004359073ffffffffffffffffffffffffffffffffffffffff821682036101a857565b907fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0601f602080948051918291828752018686015e5f8582860101520116010190565b906101a0610180611bb09373ffffffffffffffffffffffffffffffffffffffff815116845263ffffffff602082015116602085015264ffffffffff604082015116604085015260608101511515606085015273ffffffffffffffffffffffffffffffffffffffff608082015116608085015264ffffffffff60a08201511660a085015263ffffffff60c08201511660c08501526bffffffffffffffffffffffff60e08201511660e085015264ffffffffff6101008201511661010085015264ffffffffff61012082015116610120850152610140810151610140850152610160810151610160850152015191816101808201520190611a73565b90565b60041115611bbd57565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52602160045260245ffd5b3567ffffffffffffffff811681036101a85790565b9035907fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff21813603018212156101a8570190565b3573ffffffffffffffffffffffffffffffffffffffff811681036101a85790565b9035907fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff41813603018212156101a8570190565b6101a0810190811067ffffffffffffffff821117610acf57604052565b610100810190811067ffffffffffffffff821117610acf57604052565b60a0810190811067ffffffffffffffff821117610acf57604052565b90601f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0910116810190811067ffffffffffffffff821117610acf57604052565b67ffffffffffffffff8111610acf5760051b60200190565b60405190611d4282611c86565b6060610180835f81525f60208201525f60408201525f838201525f60808201525f60a08201525f60c08201525f60e08201525f6101008201525f6101208201525f6101408201525f6101608201520152565b60405190611da182611ca3565b5f60e0838281528260208201528260408201528260608201528260808201528260a08201528260c08201520152565b600454811015611de85760045f5260205f2001905f90565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52603260045260245ffd5b8051821015611de85760209160051b010190565b90600182811c92168015611e70575b6020831014611e4357565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52602260045260245ffd5b91607f1691611e38565b611e8381612205565b60ff815460e81c16611f8c57611e9881614045565b62093a8064ffffffffff4216019164ffffffffff83116114265773ffffffffffffffffffffffffffffffffffffffff6020918360027f3b8d159d3a7de14b7553c26ee32a634f5691b0ea315d7729e790ebc910799b329501957fffffffffffffffffffffffffffffff0000000000ffffffffffffffffffffffff70ffffffffff00000000000000000000000088549260601b169116178096557d0100000000000000000000000000000000000000000000000000000000007fffff00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffff82541617905564ffffffffff6040519560601c1685521692a2565b5050565b67ffffffffffffffff8111610acf57601f017fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe01660200190565b3d15611ff4573d90611fdb82611f90565b91611fe96040519384611cdc565b82523d5f602084013e565b606090565b63ffffffff7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff9116019063ffffffff821161142657565b73ffffffffffffffffffffffffffffffffffffffff9061204e611d94565b50165f52600360205260405f206040519061206882611ca3565b549063ffffffff821691828252602082019264ffffffffff8260201c168452604083019261ffff8360481c1684526060810163ffffffff8460581c168152608082019064ffffffffff8560781c16825260a083019264ffffffffff8660a01c16845260c081019464ffffffffff8760c81c16865260ff60e083019760f01c1687521561217d5764ffffffffff808063ffffffff61ffff8273ffffffffffffffffffffffffffffffffffffffff61212a6121258560ff9a5116611ff9565b611dd0565b90549060031b1c169d51169b5116955116955116955116955116955116956040519761215589611ca3565b8852602088015260408701526060860152608085015260a084015260c083015260e082015290565b505050505050505060405161219181611ca3565b5f81525f60208201525f60408201525f60608201525f60808201525f60a08201525f60c08201525f60e082015290565b73ffffffffffffffffffffffffffffffffffffffff91604051908360208301933085521660408301526060820152606081526121fe608082611cdc565b5190201690565b9061220f826143d8565b9173ffffffffffffffffffffffffffffffffffffffff83541633036122315750565b73ffffffffffffffffffffffffffffffffffffffff907f4738d054000000000000000000000000000000000000000000000000000000005f52166004523360245260445ffd5b6040517ff698da2500000000000000000000000000000000000000000000000000000000815260208160048173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000165afa90811561231c575f916122ed575090565b90506020813d602011612314575b8161230860209383611cdc565b810103126101a8575190565b3d91506122fb565b6040513d5f823e3d90fd5b9035907fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe1813603018212156101a8570180359067ffffffffffffffff82116101a8576020019181360383136101a857565b3564ffffffffff811681036101a85790565b92919261239682611f90565b916123a46040519384611cdc565b8294818452818301116101a8578281602093845f960137010152565b90357fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe1823603018112156101a857016020813591019167ffffffffffffffff82116101a85781360383136101a857565b601f82602094937fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe093818652868601375f8582860101520116010190565b359064ffffffffff821682036101a857565b91909261246d8180612327565b9390506040938451906124808683611cdc565b600682527f636f6e666967000000000000000000000000000000000000000000000000000060208301526108008111612736575050838201906124c282612378565b6124cb90614447565b600186015473ffffffffffffffffffffffffffffffffffffffff16916124f18480612327565b36906124fc9261238a565b8051906020012090602085019661251288612378565b9261251c83612378565b93606088019461252b86611bea565b9084519260208401947f257efbaa800b0ee868ea128e7f360dc0cd564aea5e2c3ecd068f2e35178472f986528a87860152606085015264ffffffffff16608084015264ffffffffff1660a083015267ffffffffffffffff1660c082015260c0815261259760e082611cdc565b519020809960808801359660a0890135998a89858751936125b88986611cdc565b6009855285602086017f6b6579436f6e666967000000000000000000000000000000000000000000000090526125ed956144a1565b6125f686611bea565b905f525f602052835f209067ffffffffffffffff1681547fffffffffffffffffffffffffffffffffffffffffffffffff00000000000000001617905580544360c01b7cffffffffff00000000000000000000000000000000000000000000000016907fffffff0000000000ffffffffffffffffffffffffffffffffffffffffffffffff16178155600301558051956020875280612692916123c0565b6020880160c0905260e08801906126a892612410565b976126b29061244e565b64ffffffffff16908601526126c69061244e565b64ffffffffff166060850152359067ffffffffffffffff82168092036101a8577fe6baaaee74edc664da1d458bb3c091470860b318a7dca6ce41c662684c76ab6394849373ffffffffffffffffffffffffffffffffffffffff93608086015260a085015260c084015216930390a3565b612774925085519283927f6d3b0993000000000000000000000000000000000000000000000000000000008452606060048501526064840190611a73565b90602483015261080060448301520390fd5b3560ff811681036101a85790565b909173ffffffffffffffffffffffffffffffffffffffff6127b482611c32565b161561328a57606081016127c88183612327565b9490506040948551906127db8783611cdc565b600582527f71756f74650000000000000000000000000000000000000000000000000000006020830152614000811161323a5750505460a01c63ffffffff169373ffffffffffffffffffffffffffffffffffffffff61283984611c32565b165f52600360205263ffffffff815f20541680151580613230575b6131cd575061286660c0840184612327565b919093610400831161319f5761287d36848761238a565b60208151910120925f905f9680356003831090811561318f575b811561315b575b5061312f575f9160035b600b841115612fd957505050506128be816145a0565b8403612fae5750610e108501808611611426574211612f825760208101966128e588612378565b62093a808701908188116114265764ffffffffff164281108015612f79575b612f4b575050825161291581611cc0565b5f81525f60208201525f848201525f60608201525f608082015283830194600160ff61294088612786565b1603612eaa57612992915060a06129578886612327565b875194859283927f1c2d5895000000000000000000000000000000000000000000000000000000008452606060048501526064840191612410565b60808801356024830152838801356044830152038173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000165afa918215612e10575f92612e1a575b508160205f8b6129fd88611c32565b7fffffffffffffffffffffffffffffffffffffffff0000000000000000000000008a519181868401947f7068616c6c616d612f706f642d6964656e746974792f7631000000000000000086524660388601523060601b6058860152817f000000000000000000000000000000000000000000000000000000000000000060601b16606c86015260601b1660808401523360601b609484015260601b1660a8820152609c8152612aad60bc82611cdc565b8951918291518091835e8101838152039060025afa15612e10575f51606082015190808203612de25750506080015190808203612de25750505b612af089612378565b96815161ffff16906020830198868a5163ffffffff1694015164ffffffffff1692612b1a89612786565b94885196612b2788611ca3565b8752602087019264ffffffffff1683528887019182526060870190815260808701914364ffffffffff16835260a088019464ffffffffff16855260c0880195865260e088019660ff168752612b7b89611c32565b73ffffffffffffffffffffffffffffffffffffffff165f526003602052895f20975163ffffffff168854945160201b68ffffffffff0000000016915160481b6affff00000000000000000016925160581b6effffffff000000000000000000000016935160781b73ffffffffff00000000000000000000000000000016947fffffffffffffffffffffffffffffffffffffffffff000000000000000000000016177fffffffffffffffffffffffffffffffffff00000000ffffffffffffffffffffff16177fffffffffffffffffffffffff0000000000ffffffffffffffffffffffffffffff1617171784555164ffffffffff16612cbd9084907fffffffffffffff0000000000ffffffffffffffffffffffffffffffffffffffff78ffffffffff000000000000000000000000000000000000000083549260a01b169116179055565b51908254905160f01b7eff000000000000000000000000000000000000000000000000000000000000169160c81b7dffffffffff0000000000000000000000000000000000000000000000000016907fff000000000000ffffffffffffffffffffffffffffffffffffffffffffffffff1617179055612d3b81611c32565b945163ffffffff1696612d4d90612378565b92612d5790612786565b93612d6191612327565b94909180519464ffffffffff869516855260ff16602085015283016060905273ffffffffffffffffffffffffffffffffffffffff169473ffffffffffffffffffffffffffffffffffffffff16936060830190612dbc92612410565b037fed26a5a50f987e031726757a00c43c0fcca1966cce723a19451f1c296f8912cb91a4565b7fd58ff577000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b85513d5f823e3d90fd5b90915060a0813d60a011612ea2575b81612e3660a09383611cdc565b810103126101a857845190612e4a82611cc0565b805161ffff811681036101a8578252602081015163ffffffff811681036101a8576020830152858101519064ffffffffff821682036101a857608091878401526060810151606084015201516080820152905f6129ee565b3d9150612e29565b50600260ff612eb887612786565b1603612f145761053946148015612f09575b8015612efd575b612ae7577f86359b98000000000000000000000000000000000000000000000000000000005f5260045ffd5b50621466b04614612ed1565b50617a694614612eca565b60ff612f1f86612786565b7fdfc03387000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b7f7232613e000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b50818111612904565b847fdaf34ce1000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b7f78888b19000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b80830135908160f81c60019260808210156130c4575b50508181019183831161309857600886149182801561308e575b61301c575b5050506001909301926128a8565b600882989394981161306357816130515750505f915b156130455750600190945b905f8061300e565b9499506001909961303d565b8501359060031b610100031c91613032565b7f4a4019c5000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b50600b8714613009565b507f4a4019c5000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b9192509060b782116130ff57507fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff8001906001015b5f80612fef565b9060b88103613118575060f01c60ff16906002016130f8565b60b9036130985760e81c61ffff16906003016130f8565b7f4a4019c5000000000000000000000000000000000000000000000000000000005f525f60045260245ffd5b60e81c61ffff167ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffd8401141590505f61289e565b905060f98160f81c141590612897565b7f4a4019c5000000000000000000000000000000000000000000000000000000005f5261040060045260245ffd5b73ffffffffffffffffffffffffffffffffffffffff806131f86121256131f288611c32565b94611ff9565b90549060031b1c16917f659cba20000000000000000000000000000000000000000000000000000000005f521660045260245260445ffd5b5085811415612854565b613278925086519283927f6d3b0993000000000000000000000000000000000000000000000000000000008452606060048501526064840190611a73565b90602483015261400060448301520390fd5b7fd98cd78f000000000000000000000000000000000000000000000000000000005f5260045ffd5b6002016bffffffffffffffffffffffff8154167f0000000000000000000000000000000000000000000000000000000000000000906bffffffffffffffffffffffff8216145f1461337657506bffffffffffffffffffffffff5f5b16803403613347578061331e575050565b7fffffffffffffffffffffffffffffffffffffffff000000000000000000000000825416179055565b7f8e7704c0000000000000000000000000000000000000000000000000000000005f523460045260245260445ffd5b6bffffffffffffffffffffffff9061330d565b91906133958280612327565b9290506040928351906133a88583611cdc565b600382527f75726c0000000000000000000000000000000000000000000000000000000000602083015261010081116137e257505073ffffffffffffffffffffffffffffffffffffffff602082016134036115b78285611bff565b9061341b6134118286611bff565b6060810190612327565b90506137c8575b5016805f526003602052835f205463ffffffff845460a01c1663ffffffff8216036137825761345a64ffffffffff8260201c16614447565b600184019063ffffffff80835460c81c169160581c169081811490811591613779575b50613769575b5080547fffffffffffffffffffffffff000000000000000000000000000000000000000016821790556002830180547fffffffffffffffffffff0000000000ffffffffffffffffffffffffffffffffff164360881b75ffffffffff0000000000000000000000000000000000161790556134fd8280612327565b600585019167ffffffffffffffff8211610acf57819061351d8454611e29565b601f8111613710575b505f90601f831160011461366e575f92613663575b50507fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff8260011b9260031b1c19161790555b73ffffffffffffffffffffffffffffffffffffffff8354166135e07fdbc71bebc5b83182b288f7cda722b042ef125c1011db5fb01f7f6142d846a4b26135b38580612327565b929088519182916020835273ffffffffffffffffffffffffffffffffffffffff8c16956020840191612410565b0390a46136026135fa6135f1612277565b94830183611c53565b848487612460565b6060810135907fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe1813603018212156101a857019182359267ffffffffffffffff84116101a857602001918360051b360383136101a857613661946139c2565b565b013590505f8061353b565b90917fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe01691845f5260205f20925f5b8181106136f857509084600195949392106136c0575b505050811b01905561356d565b7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff60f88560031b161c199101351690555f80806136b3565b9193602060018192878701358155019501920161369d565b8281111561352657909150835f5260205f20601f840160051c9060208510613761575b849392601f0160051c82900391015f5b828110613751575050613526565b5f81830155859450600101613743565b5f9150613733565b613773908561416b565b5f613483565b9050155f61347d565b73ffffffffffffffffffffffffffffffffffffffff86837fe97c5b86000000000000000000000000000000000000000000000000000000005f526004521660245260445ffd5b6137d56137dc9185611bff565b8588612794565b5f613422565b613820925084519283927f6d3b0993000000000000000000000000000000000000000000000000000000008452606060048501526064840190611a73565b90602483015261010060448301520390fd5b63ffffffff168015908115613986575b5061398157600260ff60e0830151161461397b5763ffffffff606061ffff60408401511692015116604051917f24b902070000000000000000000000000000000000000000000000000000000083526004830152602482015260408160448173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000165afa90811561231c575f905f9261392f575b506138f481611bb3565b6001811415908161391a575b50613914571561390f57600390565b600190565b50600290565b6002915061392781611bb3565b14155f613900565b9150506040813d604011613973575b8161394b60409383611cdc565b810103126101a85780519060048210156101a857602001519081151582036101a8575f6138ea565b3d915061393e565b50600190565b505f90565b905063ffffffff82511614155f613842565b35906bffffffffffffffffffffffff821682036101a857565b359063ffffffff821682036101a857565b9391909294821561401d5760409485516139dc8782611cdc565b600681527f6f666665727300000000000000000000000000000000000000000000000000006020820152868511613fcf57506001859795019473ffffffffffffffffffffffffffffffffffffffff86541694613a3781611d1d565b93613a4489519586611cdc565b818552613a5082611d1d565b917fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe06020870193013684375f9873ffffffffffffffffffffffffffffffffffffffff7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe81863603019616995b82811015613d48578060051b860135878112156101a85786018c613adf8280612327565b9050613aed82519283611cdc565b600582527f6d6f64656c000000000000000000000000000000000000000000000000000000602083015260808111613cf9575050808c6101208f9301613b3281612378565b613b3b90614447565b613b458380612327565b3690613b509261238a565b8051906020012090848401613b6490614576565b90613b7160608601614576565b613b7d60808701614576565b613b8960a08801614576565b613b9560c0890161458f565b91613ba260e08a0161458f565b93613bb06101008b0161458f565b95613bba90612378565b968b519860208a019a7f2be93d0402772df87135f85d0ebee55cd8bf523a1b6b49575f1a466bb4cf2b698c528d8b015260608a015260208b013560808a01526bffffffffffffffffffffffff1660a08901526bffffffffffffffffffffffff1660c08801526bffffffffffffffffffffffff1660e08701526bffffffffffffffffffffffff1661010086015263ffffffff1661012085015263ffffffff1661014084015263ffffffff1661016083015264ffffffffff166101808201526101808152613c886101a082611cdc565b519020613c95848c611e15565b528b613ca1848c611e15565b51835193613caf9085611cdc565b60058452602084017f6f6666657200000000000000000000000000000000000000000000000000000090528c61016084013593610140013592613cf1956144a1565b600101613abb565b613d3792508e519283927f6d3b0993000000000000000000000000000000000000000000000000000000008452606060048501526064840190611a73565b906024830152608060448301520390fd5b509397509395509793989098845160208101809251909b905f5b818110613fb9575050509081613da660049493613df79c9d037fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe08101835282611cdc565b51902083547fffffffffffffff0000000000ffffffffffffffffffffffffffffffffffffffff164360a01b78ffffffffff000000000000000000000000000000000000000016179093559197889290565b01558151938160208601602087525282850192808360051b8701019482945f925b858410613e4f575050505050505090807f945e875e74b7f183dd10aa3109af52a7c1a5bdbd3be39ed01b2308f59732c2c0920390a3565b909192939495967fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc0898203018352873590848212156101a8576020809188600194019061016080613eb3613ea385806123c0565b6101808652610180860191612410565b9385810135868501526bffffffffffffffffffffffff613ed48a8301613998565b16898501526bffffffffffffffffffffffff613ef260608301613998565b1660608501526bffffffffffffffffffffffff613f1160808301613998565b1660808501526bffffffffffffffffffffffff613f3060a08301613998565b1660a085015263ffffffff613f4760c083016139b1565b1660c085015263ffffffff613f5e60e083016139b1565b1660e085015263ffffffff613f7661010083016139b1565b1661010085015264ffffffffff613f90610120830161244e565b166101208501526101408101356101408501520135910152990193019401929195949390613e18565b82518e5260209d8e019d90920191600101613d62565b61400e90858880519384937f6d3b0993000000000000000000000000000000000000000000000000000000008552606060048601526064850190611a73565b91602484015260448301520390fd5b7f47d919c6000000000000000000000000000000000000000000000000000000005f5260045ffd5b60010163ffffffff815460c81c1680614082575b507fffffff00000000ffffffffffffffffffffffffffffffffffffffffffffffffff8154169055565b604051907fa7b555e2000000000000000000000000000000000000000000000000000000008252600482015260208160248173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000165afa90811561231c575f91614139575b505f52600160205260405f2080548015611426577fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff0190555f614059565b90506020813d602011614163575b8161415460209383611cdc565b810103126101a857515f6140fb565b3d9150614147565b6001019063ffffffff825460c81c16806142e7575b508163ffffffff92547fffffff00000000ffffffffffffffffffffffffffffffffffffffffffffffffff7cffffffff000000000000000000000000000000000000000000000000008460c81b1691161790551680156142e457604051907fa7b555e2000000000000000000000000000000000000000000000000000000008252600482015260208160248173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000165afa90811561231c575f916142b2575b50805f52600160205260405f205490600182018092116114265760088211614282575f52600160205260405f2055565b7ff475fbb6000000000000000000000000000000000000000000000000000000005f52600452600860245260445ffd5b90506020813d6020116142dc575b816142cd60209383611cdc565b810103126101a857515f614252565b3d91506142c0565b50565b604051907fa7b555e2000000000000000000000000000000000000000000000000000000008252600482015260208160248173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000165afa90811561231c575f916143a6575b505f52600160205260405f20918254928315611426577fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff63ffffffff9401905591614180565b90506020813d6020116143d0575b816143c160209383611cdc565b810103126101a857515f614360565b3d91506143b4565b73ffffffffffffffffffffffffffffffffffffffff1690815f52600260205260405f209173ffffffffffffffffffffffffffffffffffffffff8354161561441c5750565b7f85f14c20000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b64ffffffffff164281108015614493575b61445f5750565b7f7232613e000000000000000000000000000000000000000000000000000000005f5260045264ffffffffff60245260445ffd5b5064ffffffffff8111614458565b946145269194604273ffffffffffffffffffffffffffffffffffffffff95948695604051917f19010000000000000000000000000000000000000000000000000000000000008352600283015260228201522060ff601b7f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff851694821c01169061462a565b505092169116036145345750565b614572906040519182917fc642adb5000000000000000000000000000000000000000000000000000000008352602060048401526024830190611a73565b0390fd5b356bffffffffffffffffffffffff811681036101a85790565b3563ffffffff811681036101a85790565b80408015801590614620575b61461b57505f809160405160208101918252602081526145cd604082611cdc565b519071f90827f1c53a10cb7a02335b1753200029355afa6145ec611fca565b9080614610575b1561398157602081519181808201938492010103126101a8575190565b5060208151146145f3565b905090565b50438210156145ac565b91907f7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a084116146ae579160209360809260ff5f9560405194855216868401526040830152606082015282805260015afa1561231c575f5173ffffffffffffffffffffffffffffffffffffffff8116156146a457905f905f90565b505f906001905f90565b5050505f916003919056",
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
