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
	ValidUntil     *big.Int
	RecordBlock    *big.Int
	Identity       common.Address
	KeyConfigBlock *big.Int
	OffersBlock    *big.Int
	Retired        bool
	EvidenceHash   [32]byte
	KeyConfigHash  [32]byte
	OffersHash     [32]byte
	Url            string
}

// IPodRegistryRegistration is an auto generated low-level Go binding around an user-defined struct.
type IPodRegistryRegistration struct {
	Url        string
	Identity   common.Address
	ValidUntil *big.Int
	Kind       uint8
	Evidence   []byte
	KeyConfig  IPodRegistryKeyConfig
	Offers     []IPodRegistryOffer
}

// PodRegistryMetaData contains all meta data concerning the PodRegistry contract.
var PodRegistryMetaData = bind.MetaData{
	ABI: "[{\"type\":\"constructor\",\"inputs\":[{\"name\":\"escrow_\",\"type\":\"address\",\"internalType\":\"address\"}],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"MAX_CONFIG_BYTES\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"MAX_EVIDENCE_BYTES\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"MAX_IDENTITY_LIFETIME\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"MAX_MODEL_BYTES\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"MAX_OFFERS\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"MAX_URL_BYTES\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"epoch\",\"inputs\":[{\"name\":\"id\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint64\",\"internalType\":\"uint64\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"escrow\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"address\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"pod\",\"inputs\":[{\"name\":\"id\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[{\"name\":\"\",\"type\":\"tuple\",\"internalType\":\"structIPodRegistry.Pod\",\"components\":[{\"name\":\"operator\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"validUntil\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"recordBlock\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"identity\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"keyConfigBlock\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"offersBlock\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"retired\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"evidenceHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"keyConfigHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"offersHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"url\",\"type\":\"string\",\"internalType\":\"string\"}]}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"podCount\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"podId\",\"inputs\":[{\"name\":\"operator\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"salt\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"address\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"pods\",\"inputs\":[{\"name\":\"offset\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"limit\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[{\"name\":\"ids\",\"type\":\"address[]\",\"internalType\":\"address[]\"},{\"name\":\"page\",\"type\":\"tuple[]\",\"internalType\":\"structIPodRegistry.Pod[]\",\"components\":[{\"name\":\"operator\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"validUntil\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"recordBlock\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"identity\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"keyConfigBlock\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"offersBlock\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"retired\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"evidenceHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"keyConfigHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"offersHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"url\",\"type\":\"string\",\"internalType\":\"string\"}]}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"publishKeyConfig\",\"inputs\":[{\"name\":\"id\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"keyConfig\",\"type\":\"tuple\",\"internalType\":\"structIPodRegistry.KeyConfig\",\"components\":[{\"name\":\"config\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"notBefore\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"notAfter\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"epoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"r\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"vs\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"publishOffers\",\"inputs\":[{\"name\":\"id\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"offers\",\"type\":\"tuple[]\",\"internalType\":\"structIPodRegistry.Offer[]\",\"components\":[{\"name\":\"model\",\"type\":\"string\",\"internalType\":\"string\"},{\"name\":\"modelDigest\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"inPerM\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"cachedPerM\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"outPerM\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"perRequest\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"ctx\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"defaultOut\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"maxOut\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"validUntil\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"r\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"vs\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"register\",\"inputs\":[{\"name\":\"salt\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"registration\",\"type\":\"tuple\",\"internalType\":\"structIPodRegistry.Registration\",\"components\":[{\"name\":\"url\",\"type\":\"string\",\"internalType\":\"string\"},{\"name\":\"identity\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"validUntil\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"kind\",\"type\":\"uint8\",\"internalType\":\"uint8\"},{\"name\":\"evidence\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"keyConfig\",\"type\":\"tuple\",\"internalType\":\"structIPodRegistry.KeyConfig\",\"components\":[{\"name\":\"config\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"notBefore\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"notAfter\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"epoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"r\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"vs\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"name\":\"offers\",\"type\":\"tuple[]\",\"internalType\":\"structIPodRegistry.Offer[]\",\"components\":[{\"name\":\"model\",\"type\":\"string\",\"internalType\":\"string\"},{\"name\":\"modelDigest\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"inPerM\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"cachedPerM\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"outPerM\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"perRequest\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"ctx\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"defaultOut\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"maxOut\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"validUntil\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"r\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"vs\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]}]}],\"outputs\":[{\"name\":\"id\",\"type\":\"address\",\"internalType\":\"address\"}],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"retire\",\"inputs\":[{\"name\":\"id\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"settlementKey\",\"inputs\":[{\"name\":\"id\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[{\"name\":\"identity\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"validUntil\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"operator\",\"type\":\"address\",\"internalType\":\"address\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"update\",\"inputs\":[{\"name\":\"id\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"registration\",\"type\":\"tuple\",\"internalType\":\"structIPodRegistry.Registration\",\"components\":[{\"name\":\"url\",\"type\":\"string\",\"internalType\":\"string\"},{\"name\":\"identity\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"validUntil\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"kind\",\"type\":\"uint8\",\"internalType\":\"uint8\"},{\"name\":\"evidence\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"keyConfig\",\"type\":\"tuple\",\"internalType\":\"structIPodRegistry.KeyConfig\",\"components\":[{\"name\":\"config\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"notBefore\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"notAfter\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"epoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"r\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"vs\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"name\":\"offers\",\"type\":\"tuple[]\",\"internalType\":\"structIPodRegistry.Offer[]\",\"components\":[{\"name\":\"model\",\"type\":\"string\",\"internalType\":\"string\"},{\"name\":\"modelDigest\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"inPerM\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"cachedPerM\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"outPerM\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"perRequest\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"ctx\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"defaultOut\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"maxOut\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"validUntil\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"r\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"vs\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]}]}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"event\",\"name\":\"KeyConfigPublished\",\"inputs\":[{\"name\":\"pod\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"keyConfigHash\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"keyConfig\",\"type\":\"tuple\",\"indexed\":false,\"internalType\":\"structIPodRegistry.KeyConfig\",\"components\":[{\"name\":\"config\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"notBefore\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"notAfter\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"epoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"r\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"vs\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"OffersPublished\",\"inputs\":[{\"name\":\"pod\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"offersHash\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"offers\",\"type\":\"tuple[]\",\"indexed\":false,\"internalType\":\"structIPodRegistry.Offer[]\",\"components\":[{\"name\":\"model\",\"type\":\"string\",\"internalType\":\"string\"},{\"name\":\"modelDigest\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"inPerM\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"cachedPerM\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"outPerM\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"perRequest\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"ctx\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"defaultOut\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"maxOut\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"validUntil\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"r\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"vs\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"PodRetired\",\"inputs\":[{\"name\":\"pod\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"PodUpdated\",\"inputs\":[{\"name\":\"pod\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"operator\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"identity\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"validUntil\",\"type\":\"uint40\",\"indexed\":false,\"internalType\":\"uint40\"},{\"name\":\"kind\",\"type\":\"uint8\",\"indexed\":false,\"internalType\":\"uint8\"},{\"name\":\"url\",\"type\":\"string\",\"indexed\":false,\"internalType\":\"string\"},{\"name\":\"evidence\",\"type\":\"bytes\",\"indexed\":false,\"internalType\":\"bytes\"}],\"anonymous\":false},{\"type\":\"error\",\"name\":\"BadIdentity\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"BadLifetime\",\"inputs\":[{\"name\":\"validUntil\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"latest\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"BadSignature\",\"inputs\":[{\"name\":\"record\",\"type\":\"string\",\"internalType\":\"string\"}]},{\"type\":\"error\",\"name\":\"NoOffers\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"NotOperator\",\"inputs\":[{\"name\":\"pod\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"caller\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"PodExists\",\"inputs\":[{\"name\":\"pod\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"StaleEpoch\",\"inputs\":[{\"name\":\"epoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"current\",\"type\":\"uint64\",\"internalType\":\"uint64\"}]},{\"type\":\"error\",\"name\":\"TooLong\",\"inputs\":[{\"name\":\"field\",\"type\":\"string\",\"internalType\":\"string\"},{\"name\":\"length\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"limit\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"UnknownPod\",\"inputs\":[{\"name\":\"pod\",\"type\":\"address\",\"internalType\":\"address\"}]}]",
	ID:  "PodRegistry",
	Bin: "0x60a034606d57601f61288d38819003918201601f19168301916001600160401b03831184841017607157808492602094604052833981010312606d57516001600160a01b0381168103606d5760805260405161280790816100868239608051818181610208015261140e0152f35b5f80fd5b634e487b7160e01b5f52604160045260245ffdfe6080806040526004361015610012575f80fd5b5f3560e01c908163260871db14610f765750806330cf1d3c14610f3c57806331f2a4df14610e0d578063373ccc2414610c7d5780633b12454714610c445780636d58edbf146108175780636f4fce3b1461077d5780637ddf13ec146107425780637f9a7530146107085780638b810c361461069c5780639e6371ba146105d6578063b434535b1461059d578063b948d084146103c9578063cffe56861461022c578063e2fdcc17146101be578063e4fe666614610183578063f23851a9146101495763f548c350146100e2575f80fd5b346101455760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36011261014557602061012761011e61100a565b60243590611315565b73ffffffffffffffffffffffffffffffffffffffff60405191168152f35b5f80fd5b34610145575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101455760206040516101008152f35b34610145575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610145576020600254604051908152f35b34610145575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36011261014557602060405173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b346101455760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101455760243567ffffffffffffffff81116101455760e07ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc8236030112610145576102a560043533611315565b73ffffffffffffffffffffffffffffffffffffffff811690815f52600160205260405f209073ffffffffffffffffffffffffffffffffffffffff82541661039d5781547fffffffffffffffffffffffff00000000000000000000000000000000000000001633178255600254916801000000000000000083101561037057602094610339846001610368960160025561126b565b81549060031b9073ffffffffffffffffffffffffffffffffffffffff88831b921b191617905560040191611912565b604051908152f35b7f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b827f924d0398000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b346101455760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101455761041161040361100a565b61040b61121a565b506125b0565b600560405191610420836111a4565b64ffffffffff815473ffffffffffffffffffffffffffffffffffffffff81168552818160a01c16602086015260c81c16604084015260ff600182015473ffffffffffffffffffffffffffffffffffffffff8116606086015264ffffffffff8160a01c16608086015264ffffffffff8160c81c1660a086015260f01c16151560c0840152600281015460e08401526003810154610100840152600481015461012084015201906040515f928054906104d6826112c4565b8084529160018116908115610557575060011461051d575b50506104ff816105199403826111c1565b610140820152604051918291602083526020830190611070565b0390f35b9093505f5260205f205f905b8482106105415750810160200192506104ff816104ee565b6001816020925483858701015201910190610529565b610519965084925060209150927fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff006104ff941682840152151560051b82010194506104ee565b34610145575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36011261014557602060405160408152f35b346101455760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101455773ffffffffffffffffffffffffffffffffffffffff61062261100a565b600161062d82611359565b017e010000000000000000000000000000000000000000000000000000000000007fff00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff825416179055167f04b8954879f1457c61f8f29e1e948e95db51c15cf9c0aa4d54fd7bb11ae9a0da5f80a2005b346101455760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101455773ffffffffffffffffffffffffffffffffffffffff6106e861100a565b165f525f602052602067ffffffffffffffff60405f205416604051908152f35b34610145575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101455760206040516140008152f35b34610145575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36011261014557602060405162093a808152f35b346101455760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610145576107b461100a565b60243567ffffffffffffffff811161014557366023820112156101455780600401359067ffffffffffffffff8211610145573660248360051b830101116101455782602461080461081595611359565b92019161080f6113cb565b91611f28565b005b346101455760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610145576004356024356002548083105f14610c3d57828103908111610be9575b80821015610c355750905b61087782611202565b9061088560405192836111c1565b82825261089183611202565b927fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe06020840194013685376108c581611202565b916108d360405193846111c1565b8183527fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe061090083611202565b015f5b818110610c165750505f5b8281106109ea57505050604051928392604084019060408552518091526060840191905f5b8181106109bb575050508281036020840152815180825260208201916020808360051b8301019401925f915b83831061096c5786860387f35b9193955091936020806109a9837fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe086600196030187528951611070565b9701930193019092869594929361095f565b825173ffffffffffffffffffffffffffffffffffffffff16845286955060209384019390920191600101610933565b93949293818101808311610be957610a1673ffffffffffffffffffffffffffffffffffffffff9161126b565b90549060031b1c16610a2882886112b0565b5273ffffffffffffffffffffffffffffffffffffffff610a4882886112b0565b51165f52600160205260405f20600560405191610a64836111a4565b64ffffffffff815473ffffffffffffffffffffffffffffffffffffffff81168552818160a01c16602086015260c81c16604084015260ff600182015473ffffffffffffffffffffffffffffffffffffffff8116606086015264ffffffffff8160a01c16608086015264ffffffffff8160c81c1660a086015260f01c16151560c0840152600281015460e08401526003810154610100840152600481015461012084015201604051905f90805490610b1a826112c4565b8085529160018116908115610ba45750600114610b6b575b505090610b4581600195949303826111c1565b610140820152610b5582886112b0565b52610b6081876112b0565b50019493929461090e565b5f908152602081209092505b818310610b8e5750508101602001610b4582610b32565b6001816020925483868801015201920191610b77565b7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff001660208087019190915292151560051b85019092019250610b459150839050610b32565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601160045260245ffd5b602090610c259795969761121a565b8282890101520195949395610903565b90509061086e565b505f610863565b34610145575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36011261014557602060405160808152f35b346101455760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36011261014557610cb461100a565b6024359067ffffffffffffffff821161014557816004019060e07ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc843603011261014557610d0181611359565b9073ffffffffffffffffffffffffffffffffffffffff81165f525f60205267ffffffffffffffff60405f20541693610d3b60248201611150565b94600184019182549673ffffffffffffffffffffffffffffffffffffffff80891691161480610de9575b610d985750507fff00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff61081595169055611912565b610dba6060610db48860a467ffffffffffffffff950190611171565b0161113b565b7fce85c422000000000000000000000000000000000000000000000000000000005f521660045260245260445ffd5b508167ffffffffffffffff610e066060610db460a486018b611171565b1610610d65565b346101455760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36011261014557610e4461100a565b6024359067ffffffffffffffff82116101455760c07ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc833603011261014557610e8c81611359565b906064830192610e9b8461113b565b9373ffffffffffffffffffffffffffffffffffffffff831694855f525f60205267ffffffffffffffff8060405f20541691161115610eeb5750610815935060040191610ee56113cb565b916115e2565b610ef5859161113b565b905f525f60205267ffffffffffffffff8060405f205416917fce85c422000000000000000000000000000000000000000000000000000000005f521660045260245260445ffd5b34610145575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101455760206040516108008152f35b346101455760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101455760609073ffffffffffffffffffffffffffffffffffffffff610fc561100a565b165f52600160205273ffffffffffffffffffffffffffffffffffffffff60405f2081600182015416905490835264ffffffffff8160a01c166020840152166040820152f35b6004359073ffffffffffffffffffffffffffffffffffffffff8216820361014557565b907fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0601f602080948051918291828752018686015e5f8582860101520116010190565b906101606101406111389373ffffffffffffffffffffffffffffffffffffffff815116845264ffffffffff602082015116602085015264ffffffffff604082015116604085015273ffffffffffffffffffffffffffffffffffffffff606082015116606085015264ffffffffff608082015116608085015264ffffffffff60a08201511660a085015260c0810151151560c085015260e081015160e085015261010081015161010085015261012081015161012085015201519181610140820152019061102d565b90565b3567ffffffffffffffff811681036101455790565b3573ffffffffffffffffffffffffffffffffffffffff811681036101455790565b9035907fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff4181360301821215610145570190565b610160810190811067ffffffffffffffff82111761037057604052565b90601f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0910116810190811067ffffffffffffffff82111761037057604052565b67ffffffffffffffff81116103705760051b60200190565b60405190611227826111a4565b6060610140835f81525f60208201525f60408201525f838201525f60808201525f60a08201525f60c08201525f60e08201525f6101008201525f6101208201520152565b6002548110156112835760025f5260205f2001905f90565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52603260045260245ffd5b80518210156112835760209160051b010190565b90600182811c9216801561130b575b60208310146112de57565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52602260045260245ffd5b91607f16916112d3565b73ffffffffffffffffffffffffffffffffffffffff91604051908360208301933085521660408301526060820152606081526113526080826111c1565b5190201690565b90611363826125b0565b9173ffffffffffffffffffffffffffffffffffffffff83541633036113855750565b73ffffffffffffffffffffffffffffffffffffffff907f4738d054000000000000000000000000000000000000000000000000000000005f52166004523360245260445ffd5b6040517ff698da2500000000000000000000000000000000000000000000000000000000815260208160048173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000165afa908115611470575f91611441575090565b90506020813d602011611468575b8161145c602093836111c1565b81010312610145575190565b3d915061144f565b6040513d5f823e3d90fd5b9035907fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe181360301821215610145570180359067ffffffffffffffff82116101455760200191813603831361014557565b3564ffffffffff811681036101455790565b92919267ffffffffffffffff82116103705760405191611526601f82017fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe016602001846111c1565b829481845281830111610145578281602093845f960137010152565b90357fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe18236030181121561014557016020813591019167ffffffffffffffff821161014557813603831361014557565b601f82602094937fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe093818652868601375f8582860101520116010190565b359064ffffffffff8216820361014557565b9190926115ef818061147b565b905060409081519061160183836111c1565b600682527f636f6e6669670000000000000000000000000000000000000000000000000000602083015261080081116118c4575050808201611642816114cc565b61164b9061261f565b6001860191825473ffffffffffffffffffffffffffffffffffffffff1691611673858061147b565b369061167e926114de565b80519060200120916020860193611694856114cc565b9361169e846114cc565b9460608901956116ad8761113b565b9085519260208401947f257efbaa800b0ee868ea128e7f360dc0cd564aea5e2c3ecd068f2e35178472f986528688860152606085015264ffffffffff16608084015264ffffffffff1660a083015267ffffffffffffffff1660c082015260c0815261171960e0826111c1565b519020998a96879260808a01359a8b60a08c01359a8b9288519461173d8a876111c1565b600986527f6b6579436f6e6669670000000000000000000000000000000000000000000000602087015261177095612679565b6117798661113b565b9a73ffffffffffffffffffffffffffffffffffffffff169a8b5f525f602052845f209067ffffffffffffffff1681547fffffffffffffffffffffffffffffffffffffffffffffffff0000000000000000161790554364ffffffffff1661182391907fffffffffffffff0000000000ffffffffffffffffffffffffffffffffffffffff78ffffffffff000000000000000000000000000000000000000083549260a01b169116179055565b60030155805195602087528061183891611542565b6020880160c0905260e088019061184e92611592565b93611858906115d0565b64ffffffffff169086015261186c906115d0565b64ffffffffff166060850152359167ffffffffffffffff8316809303610145577fe6baaaee74edc664da1d458bb3c091470860b318a7dca6ce41c662684c76ab63948493608085015260a084015260c08301520390a3565b61190092519283927f6d3b099300000000000000000000000000000000000000000000000000000000845260606004850152606484019061102d565b90602483015261080060448301520390fd5b91906020820173ffffffffffffffffffffffffffffffffffffffff61193682611150565b1615611ed657611946838061147b565b91905060409182519061195984836111c1565b600382527f75726c000000000000000000000000000000000000000000000000000000000060208301526101008111611e865750506080840161199c818661147b565b845191506119aa85836111c1565b600882527f65766964656e636500000000000000000000000000000000000000000000000060208301526140008111611e36575050828501906119ec826114cc565b62093a80420190814211610be95764ffffffffff164281108015611e2d575b611dff575050611a1a83611150565b73ffffffffffffffffffffffffffffffffffffffff6001870191167fffffffffffffffffffffffff0000000000000000000000000000000000000000825416179055611ab2611a68836114cc565b86547fffffffffffffff0000000000ffffffffffffffffffffffffffffffffffffffff1660a09190911b78ffffffffff000000000000000000000000000000000000000016178655565b84547fffff0000000000ffffffffffffffffffffffffffffffffffffffffffffffffff164360c81b7dffffffffff0000000000000000000000000000000000000000000000000016178555611b11611b0a828861147b565b36916114de565b602081519101206002860155611b27868061147b565b600587019167ffffffffffffffff8211610370578190611b4784546112c4565b601f8111611da6575b505f90601f8311600114611d04575f92611cf9575b50507fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff8260011b9260031b1c19161790555b611bc1611bbb73ffffffffffffffffffffffffffffffffffffffff87541694611150565b926114cc565b9160608701359260ff841680940361014557611c7464ffffffffff9273ffffffffffffffffffffffffffffffffffffffff611c4c8b7fac46346436ddc479161bafebfe4e6e535606ea7aad447375e1ce76e1c8d2702d976080611c2f611c27848061147b565b93909461147b565b9d909b81519a8b9a168a5260208a01528801526080870191611592565b918483036060860152169773ffffffffffffffffffffffffffffffffffffffff8c1696611592565b0390a4611c7f6113cb565b91611c98611c9060a0830183611171565b8484876115e2565b60c0810135907fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe18136030182121561014557019182359267ffffffffffffffff841161014557602001918360051b3603831361014557611cf794611f28565b565b013590505f80611b65565b90917fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe01691845f5260205f20925f5b818110611d8e5750908460019594939210611d56575b505050811b019055611b97565b7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff60f88560031b161c199101351690555f8080611d49565b91936020600181928787013581550195019201611d33565b82811115611b5057909150835f5260205f20601f840160051c9060208510611df7575b849392601f0160051c82900391015f5b828110611de7575050611b50565b5f81830155859450600101611dd9565b5f9150611dc9565b7f7232613e000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b50818111611a0b565b611e74925084519283927f6d3b099300000000000000000000000000000000000000000000000000000000845260606004850152606484019061102d565b90602483015261400060448301520390fd5b611ec4925083519283927f6d3b099300000000000000000000000000000000000000000000000000000000845260606004850152606484019061102d565b90602483015261010060448301520390fd5b7fd98cd78f000000000000000000000000000000000000000000000000000000005f5260045ffd5b35906bffffffffffffffffffffffff8216820361014557565b359063ffffffff8216820361014557565b93919092948215612588576040948551611f4287826111c1565b600681527f6f66666572730000000000000000000000000000000000000000000000000000602082015286851161253a57506001859795019473ffffffffffffffffffffffffffffffffffffffff86541694611f9d81611202565b93611faa895195866111c1565b818552611fb682611202565b917fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe06020870193013684375f9873ffffffffffffffffffffffffffffffffffffffff7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe81863603019616995b828110156122ae578060051b860135878112156101455786018c612045828061147b565b9050612053825192836111c1565b600582527f6d6f64656c00000000000000000000000000000000000000000000000000000060208301526080811161225f575050808c6101208f9301612098816114cc565b6120a19061261f565b6120ab838061147b565b36906120b6926114de565b80519060200120908484016120ca9061274e565b906120d76060860161274e565b6120e36080870161274e565b6120ef60a0880161274e565b6120fb60c08901612767565b9161210860e08a01612767565b936121166101008b01612767565b95612120906114cc565b968b519860208a019a7f2be93d0402772df87135f85d0ebee55cd8bf523a1b6b49575f1a466bb4cf2b698c528d8b015260608a015260208b013560808a01526bffffffffffffffffffffffff1660a08901526bffffffffffffffffffffffff1660c08801526bffffffffffffffffffffffff1660e08701526bffffffffffffffffffffffff1661010086015263ffffffff1661012085015263ffffffff1661014084015263ffffffff1661016083015264ffffffffff1661018082015261018081526121ee6101a0826111c1565b5190206121fb848c6112b0565b528b612207848c6112b0565b5183519361221590856111c1565b60058452602084017f6f6666657200000000000000000000000000000000000000000000000000000090528c6101608401359361014001359261225795612679565b600101612021565b61229d92508e519283927f6d3b099300000000000000000000000000000000000000000000000000000000845260606004850152606484019061102d565b906024830152608060448301520390fd5b509397509395509793989098845160208101809251909b905f5b81811061252457505050908161230c600494936123629c9d037fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe081018352826111c1565b51902083547fffff0000000000ffffffffffffffffffffffffffffffffffffffffffffffffff164360c81b7dffffffffff0000000000000000000000000000000000000000000000000016179093559197889290565b01558151938160208601602087525282850192808360051b8701019482945f925b8584106123ba575050505050505090807f945e875e74b7f183dd10aa3109af52a7c1a5bdbd3be39ed01b2308f59732c2c0920390a3565b909192939495967fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc08982030183528735908482121561014557602080918860019401906101608061241e61240e8580611542565b6101808652610180860191611592565b9385810135868501526bffffffffffffffffffffffff61243f8a8301611efe565b16898501526bffffffffffffffffffffffff61245d60608301611efe565b1660608501526bffffffffffffffffffffffff61247c60808301611efe565b1660808501526bffffffffffffffffffffffff61249b60a08301611efe565b1660a085015263ffffffff6124b260c08301611f17565b1660c085015263ffffffff6124c960e08301611f17565b1660e085015263ffffffff6124e16101008301611f17565b1661010085015264ffffffffff6124fb61012083016115d0565b166101208501526101408101356101408501520135910152990193019401929195949390612383565b82518e5260209d8e019d909201916001016122c8565b61257990858880519384937f6d3b099300000000000000000000000000000000000000000000000000000000855260606004860152606485019061102d565b91602484015260448301520390fd5b7f47d919c6000000000000000000000000000000000000000000000000000000005f5260045ffd5b73ffffffffffffffffffffffffffffffffffffffff1690815f52600160205260405f209173ffffffffffffffffffffffffffffffffffffffff835416156125f45750565b7f85f14c20000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b64ffffffffff16428110801561266b575b6126375750565b7f7232613e000000000000000000000000000000000000000000000000000000005f5260045264ffffffffff60245260445ffd5b5064ffffffffff8111612630565b946126fe9194604273ffffffffffffffffffffffffffffffffffffffff95948695604051917f19010000000000000000000000000000000000000000000000000000000000008352600283015260228201522060ff601b7f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff851694821c011690612778565b5050921691160361270c5750565b61274a906040519182917fc642adb500000000000000000000000000000000000000000000000000000000835260206004840152602483019061102d565b0390fd5b356bffffffffffffffffffffffff811681036101455790565b3563ffffffff811681036101455790565b91907f7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a084116127fc579160209360809260ff5f9560405194855216868401526040830152606082015282805260015afa15611470575f5173ffffffffffffffffffffffffffffffffffffffff8116156127f257905f905f90565b505f906001905f90565b5050505f916003919056",
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
// Solidity: constructor(address escrow_) returns()
func (podRegistry *PodRegistry) PackConstructor(escrow_ common.Address) []byte {
	enc, err := podRegistry.abi.Pack("", escrow_)
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

// PackEpoch is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8b810c36.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function epoch(address id) view returns(uint64)
func (podRegistry *PodRegistry) PackEpoch(id common.Address) []byte {
	enc, err := podRegistry.abi.Pack("epoch", id)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackEpoch is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8b810c36.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function epoch(address id) view returns(uint64)
func (podRegistry *PodRegistry) TryPackEpoch(id common.Address) ([]byte, error) {
	return podRegistry.abi.Pack("epoch", id)
}

// UnpackEpoch is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x8b810c36.
//
// Solidity: function epoch(address id) view returns(uint64)
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

// PackPod is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb948d084.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function pod(address id) view returns((address,uint40,uint40,address,uint40,uint40,bool,bytes32,bytes32,bytes32,string))
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
// Solidity: function pod(address id) view returns((address,uint40,uint40,address,uint40,uint40,bool,bytes32,bytes32,bytes32,string))
func (podRegistry *PodRegistry) TryPackPod(id common.Address) ([]byte, error) {
	return podRegistry.abi.Pack("pod", id)
}

// UnpackPod is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xb948d084.
//
// Solidity: function pod(address id) view returns((address,uint40,uint40,address,uint40,uint40,bool,bytes32,bytes32,bytes32,string))
func (podRegistry *PodRegistry) UnpackPod(data []byte) (IPodRegistryPod, error) {
	out, err := podRegistry.abi.Unpack("pod", data)
	if err != nil {
		return *new(IPodRegistryPod), err
	}
	out0 := *abi.ConvertType(out[0], new(IPodRegistryPod)).(*IPodRegistryPod)
	return out0, nil
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
// Solidity: function pods(uint256 offset, uint256 limit) view returns(address[] ids, (address,uint40,uint40,address,uint40,uint40,bool,bytes32,bytes32,bytes32,string)[] page)
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
// Solidity: function pods(uint256 offset, uint256 limit) view returns(address[] ids, (address,uint40,uint40,address,uint40,uint40,bool,bytes32,bytes32,bytes32,string)[] page)
func (podRegistry *PodRegistry) TryPackPods(offset *big.Int, limit *big.Int) ([]byte, error) {
	return podRegistry.abi.Pack("pods", offset, limit)
}

// PodsOutput serves as a container for the return parameters of contract
// method Pods.
type PodsOutput struct {
	Ids  []common.Address
	Page []IPodRegistryPod
}

// UnpackPods is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x6d58edbf.
//
// Solidity: function pods(uint256 offset, uint256 limit) view returns(address[] ids, (address,uint40,uint40,address,uint40,uint40,bool,bytes32,bytes32,bytes32,string)[] page)
func (podRegistry *PodRegistry) UnpackPods(data []byte) (PodsOutput, error) {
	out, err := podRegistry.abi.Unpack("pods", data)
	outstruct := new(PodsOutput)
	if err != nil {
		return *outstruct, err
	}
	outstruct.Ids = *abi.ConvertType(out[0], new([]common.Address)).(*[]common.Address)
	outstruct.Page = *abi.ConvertType(out[1], new([]IPodRegistryPod)).(*[]IPodRegistryPod)
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
// the contract method with ID 0xcffe5686.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function register(bytes32 salt, (string,address,uint40,uint8,bytes,(bytes,uint40,uint40,uint64,bytes32,bytes32),(string,bytes32,uint96,uint96,uint96,uint96,uint32,uint32,uint32,uint40,bytes32,bytes32)[]) registration) returns(address id)
func (podRegistry *PodRegistry) PackRegister(salt [32]byte, registration IPodRegistryRegistration) []byte {
	enc, err := podRegistry.abi.Pack("register", salt, registration)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackRegister is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xcffe5686.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function register(bytes32 salt, (string,address,uint40,uint8,bytes,(bytes,uint40,uint40,uint64,bytes32,bytes32),(string,bytes32,uint96,uint96,uint96,uint96,uint32,uint32,uint32,uint40,bytes32,bytes32)[]) registration) returns(address id)
func (podRegistry *PodRegistry) TryPackRegister(salt [32]byte, registration IPodRegistryRegistration) ([]byte, error) {
	return podRegistry.abi.Pack("register", salt, registration)
}

// UnpackRegister is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xcffe5686.
//
// Solidity: function register(bytes32 salt, (string,address,uint40,uint8,bytes,(bytes,uint40,uint40,uint64,bytes32,bytes32),(string,bytes32,uint96,uint96,uint96,uint96,uint32,uint32,uint32,uint40,bytes32,bytes32)[]) registration) returns(address id)
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
// the contract method with ID 0x260871db.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function settlementKey(address id) view returns(address identity, uint40 validUntil, address operator)
func (podRegistry *PodRegistry) PackSettlementKey(id common.Address) []byte {
	enc, err := podRegistry.abi.Pack("settlementKey", id)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSettlementKey is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x260871db.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function settlementKey(address id) view returns(address identity, uint40 validUntil, address operator)
func (podRegistry *PodRegistry) TryPackSettlementKey(id common.Address) ([]byte, error) {
	return podRegistry.abi.Pack("settlementKey", id)
}

// SettlementKeyOutput serves as a container for the return parameters of contract
// method SettlementKey.
type SettlementKeyOutput struct {
	Identity   common.Address
	ValidUntil *big.Int
	Operator   common.Address
}

// UnpackSettlementKey is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x260871db.
//
// Solidity: function settlementKey(address id) view returns(address identity, uint40 validUntil, address operator)
func (podRegistry *PodRegistry) UnpackSettlementKey(data []byte) (SettlementKeyOutput, error) {
	out, err := podRegistry.abi.Unpack("settlementKey", data)
	outstruct := new(SettlementKeyOutput)
	if err != nil {
		return *outstruct, err
	}
	outstruct.Identity = *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	outstruct.ValidUntil = abi.ConvertType(out[1], new(big.Int)).(*big.Int)
	outstruct.Operator = *abi.ConvertType(out[2], new(common.Address)).(*common.Address)
	return *outstruct, nil
}

// PackUpdate is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x373ccc24.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function update(address id, (string,address,uint40,uint8,bytes,(bytes,uint40,uint40,uint64,bytes32,bytes32),(string,bytes32,uint96,uint96,uint96,uint96,uint32,uint32,uint32,uint40,bytes32,bytes32)[]) registration) returns()
func (podRegistry *PodRegistry) PackUpdate(id common.Address, registration IPodRegistryRegistration) []byte {
	enc, err := podRegistry.abi.Pack("update", id, registration)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackUpdate is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x373ccc24.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function update(address id, (string,address,uint40,uint8,bytes,(bytes,uint40,uint40,uint64,bytes32,bytes32),(string,bytes32,uint96,uint96,uint96,uint96,uint32,uint32,uint32,uint40,bytes32,bytes32)[]) registration) returns()
func (podRegistry *PodRegistry) TryPackUpdate(id common.Address, registration IPodRegistryRegistration) ([]byte, error) {
	return podRegistry.abi.Pack("update", id, registration)
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
	Pod common.Address
	Raw *types.Log // Blockchain specific contextual infos
}

const PodRegistryPodRetiredEventName = "PodRetired"

// ContractEventName returns the user-defined event name.
func (PodRegistryPodRetired) ContractEventName() string {
	return PodRegistryPodRetiredEventName
}

// UnpackPodRetiredEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event PodRetired(address indexed pod)
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
	Pod        common.Address
	Operator   common.Address
	Identity   common.Address
	ValidUntil *big.Int
	Kind       uint8
	Url        string
	Evidence   []byte
	Raw        *types.Log // Blockchain specific contextual infos
}

const PodRegistryPodUpdatedEventName = "PodUpdated"

// ContractEventName returns the user-defined event name.
func (PodRegistryPodUpdated) ContractEventName() string {
	return PodRegistryPodUpdatedEventName
}

// UnpackPodUpdatedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event PodUpdated(address indexed pod, address indexed operator, address indexed identity, uint40 validUntil, uint8 kind, string url, bytes evidence)
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

// UnpackError attempts to decode the provided error data using user-defined
// error definitions.
func (podRegistry *PodRegistry) UnpackError(raw []byte) (any, error) {
	if len(raw) < 4 {
		return nil, errors.New("revert data is shorter than an error's selector")
	}
	if bytes.Equal(raw[:4], podRegistry.abi.Errors["BadIdentity"].ID.Bytes()[:4]) {
		return podRegistry.UnpackBadIdentityError(raw[4:])
	}
	if bytes.Equal(raw[:4], podRegistry.abi.Errors["BadLifetime"].ID.Bytes()[:4]) {
		return podRegistry.UnpackBadLifetimeError(raw[4:])
	}
	if bytes.Equal(raw[:4], podRegistry.abi.Errors["BadSignature"].ID.Bytes()[:4]) {
		return podRegistry.UnpackBadSignatureError(raw[4:])
	}
	if bytes.Equal(raw[:4], podRegistry.abi.Errors["NoOffers"].ID.Bytes()[:4]) {
		return podRegistry.UnpackNoOffersError(raw[4:])
	}
	if bytes.Equal(raw[:4], podRegistry.abi.Errors["NotOperator"].ID.Bytes()[:4]) {
		return podRegistry.UnpackNotOperatorError(raw[4:])
	}
	if bytes.Equal(raw[:4], podRegistry.abi.Errors["PodExists"].ID.Bytes()[:4]) {
		return podRegistry.UnpackPodExistsError(raw[4:])
	}
	if bytes.Equal(raw[:4], podRegistry.abi.Errors["StaleEpoch"].ID.Bytes()[:4]) {
		return podRegistry.UnpackStaleEpochError(raw[4:])
	}
	if bytes.Equal(raw[:4], podRegistry.abi.Errors["TooLong"].ID.Bytes()[:4]) {
		return podRegistry.UnpackTooLongError(raw[4:])
	}
	if bytes.Equal(raw[:4], podRegistry.abi.Errors["UnknownPod"].ID.Bytes()[:4]) {
		return podRegistry.UnpackUnknownPodError(raw[4:])
	}
	return nil, errors.New("unknown error")
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
