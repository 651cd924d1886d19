// Code generated via abigen V2 - DO NOT EDIT.
// This file is a generated binding and any manual changes will be lost.

// Package sgxquoteverifier holds the generated binding of contracts/src/SgxQuoteVerifier.sol: quotes, platforms, and governance's rules for both.
package sgxquoteverifier

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

// IAttestationPolicyFloor is an auto generated low-level Go binding around an user-defined struct.
type IAttestationPolicyFloor struct {
	Known         bool
	PceSvn        uint16
	ComponentSvns [16]byte
}

// IAttestationPolicyMeasurement is an auto generated low-level Go binding around an user-defined struct.
type IAttestationPolicyMeasurement struct {
	Status      uint8
	Since       *big.Int
	IsvProdId   uint16
	MinIsvSvn   uint16
	XfrmAllowed uint64
	MiscAllowed uint32
}

// ISgxQuoteVerifierPlatform is an auto generated low-level Go binding around an user-defined struct.
type ISgxQuoteVerifierPlatform struct {
	Index         uint32
	Machine       [32]byte
	Fmspc         [6]byte
	ComponentSvns [16]byte
	PceSvn        uint16
	NotAfter      *big.Int
	Revoked       bool
	RegisteredAt  *big.Int
}

// ISgxQuoteVerifierReport is an auto generated low-level Go binding around an user-defined struct.
type ISgxQuoteVerifierReport struct {
	Mrenclave      [32]byte
	Mrsigner       [32]byte
	Flags          uint64
	Xfrm           uint64
	MiscSelect     uint32
	IsvProdId      uint16
	IsvSvn         uint16
	ReportDataLow  [32]byte
	ReportDataHigh [32]byte
}

// ISgxQuoteVerifierVerified is an auto generated low-level Go binding around an user-defined struct.
type ISgxQuoteVerifierVerified struct {
	Measurement    uint16
	Platform       uint32
	RegisteredAt   *big.Int
	ReportDataLow  [32]byte
	ReportDataHigh [32]byte
}

// SgxQuoteVerifierMetaData contains all meta data concerning the SgxQuoteVerifier contract.
var SgxQuoteVerifierMetaData = bind.MetaData{
	ABI: "[{\"type\":\"constructor\",\"inputs\":[{\"name\":\"platformCa\",\"type\":\"bytes32[2]\",\"internalType\":\"bytes32[2]\"},{\"name\":\"processorCa\",\"type\":\"bytes32[2]\",\"internalType\":\"bytes32[2]\"},{\"name\":\"governor_\",\"type\":\"address\",\"internalType\":\"contractTimelockController\"},{\"name\":\"guardian_\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"qeFloor_\",\"type\":\"uint16\",\"internalType\":\"uint16\"}],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"MAX_PLATFORMS_PER_MACHINE\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"MIN_DELAY\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"addMeasurement\",\"inputs\":[{\"name\":\"mrenclave\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"isvProdId\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"minIsvSvn\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"xfrmAllowed\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"miscAllowed\",\"type\":\"uint32\",\"internalType\":\"uint32\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"checkQuote\",\"inputs\":[{\"name\":\"quote\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"x\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"y\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[{\"name\":\"\",\"type\":\"tuple\",\"internalType\":\"structISgxQuoteVerifier.Report\",\"components\":[{\"name\":\"mrenclave\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"mrsigner\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"flags\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"xfrm\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"miscSelect\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"isvProdId\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"isvSvn\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"reportDataLow\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"reportDataHigh\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"deprecateMeasurement\",\"inputs\":[{\"name\":\"mrenclave\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"floorOf\",\"inputs\":[{\"name\":\"fmspc\",\"type\":\"bytes6\",\"internalType\":\"bytes6\"}],\"outputs\":[{\"name\":\"\",\"type\":\"tuple\",\"internalType\":\"structIAttestationPolicy.Floor\",\"components\":[{\"name\":\"known\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"pceSvn\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"componentSvns\",\"type\":\"bytes16\",\"internalType\":\"bytes16\"}]}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"governor\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"address\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"guardian\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"address\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"machineOf\",\"inputs\":[{\"name\":\"index\",\"type\":\"uint32\",\"internalType\":\"uint32\"}],\"outputs\":[{\"name\":\"\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"machineRevoked\",\"inputs\":[{\"name\":\"machine\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[{\"name\":\"\",\"type\":\"bool\",\"internalType\":\"bool\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"measurement\",\"inputs\":[{\"name\":\"mrenclave\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[{\"name\":\"\",\"type\":\"tuple\",\"internalType\":\"structIAttestationPolicy.Measurement\",\"components\":[{\"name\":\"status\",\"type\":\"uint8\",\"internalType\":\"enumIAttestationPolicy.Status\"},{\"name\":\"since\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"isvProdId\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"minIsvSvn\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"xfrmAllowed\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"miscAllowed\",\"type\":\"uint32\",\"internalType\":\"uint32\"}]}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"measurementAt\",\"inputs\":[{\"name\":\"index\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[{\"name\":\"mrenclave\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"\",\"type\":\"tuple\",\"internalType\":\"structIAttestationPolicy.Measurement\",\"components\":[{\"name\":\"status\",\"type\":\"uint8\",\"internalType\":\"enumIAttestationPolicy.Status\"},{\"name\":\"since\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"isvProdId\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"minIsvSvn\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"xfrmAllowed\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"miscAllowed\",\"type\":\"uint32\",\"internalType\":\"uint32\"}]}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"measurementCount\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"platform\",\"inputs\":[{\"name\":\"id\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[{\"name\":\"\",\"type\":\"tuple\",\"internalType\":\"structISgxQuoteVerifier.Platform\",\"components\":[{\"name\":\"index\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"machine\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"fmspc\",\"type\":\"bytes6\",\"internalType\":\"bytes6\"},{\"name\":\"componentSvns\",\"type\":\"bytes16\",\"internalType\":\"bytes16\"},{\"name\":\"pceSvn\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"notAfter\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"revoked\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"registeredAt\",\"type\":\"uint40\",\"internalType\":\"uint40\"}]}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"qeFloor\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint16\",\"internalType\":\"uint16\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"registerPlatform\",\"inputs\":[{\"name\":\"certificate\",\"type\":\"bytes\",\"internalType\":\"bytes\"}],\"outputs\":[{\"name\":\"id\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"revokeMachine\",\"inputs\":[{\"name\":\"machine\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"revokeMeasurement\",\"inputs\":[{\"name\":\"mrenclave\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"revokePlatform\",\"inputs\":[{\"name\":\"id\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"setFloor\",\"inputs\":[{\"name\":\"fmspc\",\"type\":\"bytes6\",\"internalType\":\"bytes6\"},{\"name\":\"componentSvns\",\"type\":\"bytes16\",\"internalType\":\"bytes16\"},{\"name\":\"pceSvn\",\"type\":\"uint16\",\"internalType\":\"uint16\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"setGuardian\",\"inputs\":[{\"name\":\"guardian_\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"setQeFloor\",\"inputs\":[{\"name\":\"minIsvSvn\",\"type\":\"uint16\",\"internalType\":\"uint16\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"standing\",\"inputs\":[{\"name\":\"measurementIndex\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"platformIndex\",\"type\":\"uint32\",\"internalType\":\"uint32\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint8\",\"internalType\":\"enumIAttestationPolicy.Status\"},{\"name\":\"\",\"type\":\"bool\",\"internalType\":\"bool\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"verifyQuote\",\"inputs\":[{\"name\":\"quote\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"x\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"y\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[{\"name\":\"v\",\"type\":\"tuple\",\"internalType\":\"structISgxQuoteVerifier.Verified\",\"components\":[{\"name\":\"measurement\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"platform\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"registeredAt\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"reportDataLow\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"reportDataHigh\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]}],\"stateMutability\":\"view\"},{\"type\":\"event\",\"name\":\"FloorChanged\",\"inputs\":[{\"name\":\"fmspc\",\"type\":\"bytes6\",\"indexed\":true,\"internalType\":\"bytes6\"},{\"name\":\"componentSvns\",\"type\":\"bytes16\",\"indexed\":false,\"internalType\":\"bytes16\"},{\"name\":\"pceSvn\",\"type\":\"uint16\",\"indexed\":false,\"internalType\":\"uint16\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"GuardianChanged\",\"inputs\":[{\"name\":\"guardian\",\"type\":\"address\",\"indexed\":false,\"internalType\":\"address\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"MachineRevoked\",\"inputs\":[{\"name\":\"machine\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"MeasurementChanged\",\"inputs\":[{\"name\":\"mrenclave\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"status\",\"type\":\"uint8\",\"indexed\":false,\"internalType\":\"enumIAttestationPolicy.Status\"},{\"name\":\"measurement\",\"type\":\"tuple\",\"indexed\":false,\"internalType\":\"structIAttestationPolicy.Measurement\",\"components\":[{\"name\":\"status\",\"type\":\"uint8\",\"internalType\":\"enumIAttestationPolicy.Status\"},{\"name\":\"since\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"isvProdId\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"minIsvSvn\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"xfrmAllowed\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"miscAllowed\",\"type\":\"uint32\",\"internalType\":\"uint32\"}]}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"PlatformRegistered\",\"inputs\":[{\"name\":\"index\",\"type\":\"uint32\",\"indexed\":true,\"internalType\":\"uint32\"},{\"name\":\"platform\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"machine\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"certificate\",\"type\":\"bytes\",\"indexed\":false,\"internalType\":\"bytes\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"PlatformRevoked\",\"inputs\":[{\"name\":\"index\",\"type\":\"uint32\",\"indexed\":true,\"internalType\":\"uint32\"},{\"name\":\"machine\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"QeFloorChanged\",\"inputs\":[{\"name\":\"minIsvSvn\",\"type\":\"uint16\",\"indexed\":false,\"internalType\":\"uint16\"}],\"anonymous\":false},{\"type\":\"error\",\"name\":\"BadAttributes\",\"inputs\":[{\"name\":\"flags\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"xfrm\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"miscSelect\",\"type\":\"uint32\",\"internalType\":\"uint32\"}]},{\"type\":\"error\",\"name\":\"BadCertificate\",\"inputs\":[{\"name\":\"offset\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"BadCertificateSignature\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"BadQuote\",\"inputs\":[{\"name\":\"field\",\"type\":\"string\",\"internalType\":\"string\"}]},{\"type\":\"error\",\"name\":\"BadQuotingEnclave\",\"inputs\":[{\"name\":\"field\",\"type\":\"string\",\"internalType\":\"string\"}]},{\"type\":\"error\",\"name\":\"BadSignature\",\"inputs\":[{\"name\":\"signed\",\"type\":\"string\",\"internalType\":\"string\"}]},{\"type\":\"error\",\"name\":\"BelowFloor\",\"inputs\":[{\"name\":\"fmspc\",\"type\":\"bytes6\",\"internalType\":\"bytes6\"}]},{\"type\":\"error\",\"name\":\"CertificateExpired\",\"inputs\":[{\"name\":\"notAfter\",\"type\":\"uint40\",\"internalType\":\"uint40\"}]},{\"type\":\"error\",\"name\":\"DebugEnclave\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"DelayTooShort\",\"inputs\":[{\"name\":\"delay\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"minimum\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"FloorLowered\",\"inputs\":[{\"name\":\"fmspc\",\"type\":\"bytes6\",\"internalType\":\"bytes6\"}]},{\"type\":\"error\",\"name\":\"MachineIsRevoked\",\"inputs\":[{\"name\":\"machine\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"type\":\"error\",\"name\":\"MeasurementNotActive\",\"inputs\":[{\"name\":\"mrenclave\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"status\",\"type\":\"uint8\",\"internalType\":\"enumIAttestationPolicy.Status\"}]},{\"type\":\"error\",\"name\":\"NotGovernance\",\"inputs\":[{\"name\":\"caller\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"NotGovernor\",\"inputs\":[{\"name\":\"caller\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"NotIntelsKeys\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"PlatformIsRevoked\",\"inputs\":[{\"name\":\"platform\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"type\":\"error\",\"name\":\"QeFloorLowered\",\"inputs\":[{\"name\":\"minIsvSvn\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"current\",\"type\":\"uint16\",\"internalType\":\"uint16\"}]},{\"type\":\"error\",\"name\":\"TooManyMeasurements\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"TooManyPlatforms\",\"inputs\":[{\"name\":\"machine\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"type\":\"error\",\"name\":\"UnknownPlatform\",\"inputs\":[{\"name\":\"platform\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"type\":\"error\",\"name\":\"WrongProduct\",\"inputs\":[{\"name\":\"isvProdId\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"isvSvn\",\"type\":\"uint16\",\"internalType\":\"uint16\"}]},{\"type\":\"error\",\"name\":\"WrongStatus\",\"inputs\":[{\"name\":\"mrenclave\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"status\",\"type\":\"uint8\",\"internalType\":\"enumIAttestationPolicy.Status\"}]},{\"type\":\"error\",\"name\":\"ZeroGuardian\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"ZeroMeasurement\",\"inputs\":[]}]",
	ID:  "SgxQuoteVerifier",
	Bin: "0x610120806040523461037d5761528c803803809161001d8285610394565b8339810160e08282031261037d5761004261003882846103b7565b91604084016103b7565b608083015190926001600160a01b0382169182900361037d5760a08101516001600160a01b038116919082900361037d5760c001519061ffff821680830361037d5760405163793d064960e11b815293602085600481845afa948515610389575f95610351575b5061053946148015610346575b801561033a575b1594858061032e575b6103155750608052600154680100000000000000008110156103015760018101908160015510156102ed5760015f5281156102de577f5b281afcb3967c59847cfe084164b82e0ee3b22933ddabad5cc547fda945fe4f926020925f54917f01c6520cf747e4632b43b535b91afe3950ccabc4ab29bbd89e3c1f6b0ba0565585604051848152a16001600160b01b03199092161760a09190911b61ffff60a01b16175f55604051908152a17f35207feeddb595748ed82bb3a71c3be1e241ef61320c6816e6b5c2b71dad5532825114806102b1575b80610287575b8061025a575b159081610252575b50610243576020815191015160c05260a052602081519101516101005260e052604051614e7f908161040d82396080518181816101b2015281816103340152818161071301528181610acc01528181610d0b01528181611092015281816112f901528181611a0d0152611b86015260a051816121e9015260c051816121c7015260e05181612774015261010051816127520152f35b6305b3dd1b60e31b5f5260045ffd5b90505f6101ae565b507f77eb83cd79d54c04f66610c289fc88b89c2f377c0d069f621c1492309309ac136020840151146101a6565b507fbf6af8d329d883a0b5d9756e4fee599e7e4c6426f1a0a2f33efc7ecf9f2824378351146101a0565b507feaea12a4eb3f948916429ea47ba6c3af82a15e4b19664e52657939a2d96633de60208301511461019a565b63a91f6a8960e01b5f5260045ffd5b634e487b7160e01b5f52603260045260245ffd5b634e487b7160e01b5f52604160045260245ffd5b63d6ef4a3160e01b5f526004526202a30060245260445ffd5b506202a30081106100c6565b50621466b046146100bd565b50617a6946146100b6565b9094506020813d602011610381575b8161036d60209383610394565b8101031261037d5751935f6100a9565b5f80fd5b3d9150610360565b6040513d5f823e3d90fd5b601f909101601f19168101906001600160401b0382119082101761030157604052565b9080601f8301121561037d5760408051929083016001600160401b038111848210176103015760405282906040810192831161037d57905b8282106103fc5750505090565b81518152602091820191016103ef56fe6080806040526004361015610012575f80fd5b5f3560e01c9081630c340a2414611b3e575080631bac5bf7146119d35780631c2d58951461143457806321a0bb31146112b057806324b902071461122c57806337f320981461100d5780633cb5ffa514610f7a57806342348c5614610f18578063452a932014610ec85780635313397814610c9a578063615ed84d14610c4b578063657cad6414610ba15780638a0dac4a14610a655780638b2150711461083257806392df676e146107f95780639be77853146106ca5780639e3d7c31146106565780639f81aed71461061b578063a7b555e2146105c5578063b783823b146104ec578063cfcc75c5146102eb578063d329cf881461027c578063f1a52469146101695763f6daacfe14610124575f80fd5b34610165575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36011261016557602061ffff5f5460a01c16604051908152f35b5f80fd5b346101655760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101655760043573ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000163314158061025b575b61022f57805f52600660205263ffffffff60405f20541680156102035761020190613c9a565b005b507f13f6864d000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b7f988d1f03000000000000000000000000000000000000000000000000000000005f523360045260245ffd5b5073ffffffffffffffffffffffffffffffffffffffff5f54163314156101db565b346101655760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610165576102b3611da8565b506004355f52600260205261ffff60405f2054165f52600360205260c06102dc60405f20613016565b6102e96040518092611c99565bf35b346101655760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101655760043573ffffffffffffffffffffffffffffffffffffffff7f000000000000000000000000000000000000000000000000000000000000000016331415806104cb575b61022f5780156104a35761037081613a96565b60ff8154166004811015610441576003811461046e575080547fffffffffffffffffffffffffffffffffffffffffffffffffffff000000000000164260081b65ffffffffff0016176003179081905560405190600382528163ffffffff60e092600360207faa5f4c33a399bc03383e4d10d2040bc837ad54d20fa7bf1a54c1e1ba081024bc96015264ffffffffff8160081c16604084015261ffff8160301c16606084015261ffff8160401c16608084015267ffffffffffffffff8160501c1660a084015260901c1660c0820152a2005b7f4e487b71000000000000000000000000000000000000000000000000000000005f52602160045260245ffd5b61049e90837f9d819744000000000000000000000000000000000000000000000000000000005f52600452611c4f565b60445ffd5b7f8724bce5000000000000000000000000000000000000000000000000000000005f5260045ffd5b5073ffffffffffffffffffffffffffffffffffffffff5f541633141561035d565b346101655760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610165577fffffffffffff0000000000000000000000000000000000000000000000000000610544611c6a565b61054c613084565b50165f526004602052606060405f207fffffffffffffffffffffffffffffffff000000000000000000000000000000006040519161058983611d2e565b5461ffff60ff82161515938481528360406020830192848660081c168452019360681b1683526040519485525116602084015251166040820152f35b346101655760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101655760043563ffffffff8116809103610165575f526008602052602060405f2054604051908152f35b34610165575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101655760206040516202a3008152f35b346101655760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101655760e0600435610692611da8565b5061069c81612fd1565b90549060031b1c905f5260036020526102e96106ba60405f20613016565b6040519283526020830190611c99565b346101655760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101655760043573ffffffffffffffffffffffffffffffffffffffff7f000000000000000000000000000000000000000000000000000000000000000016331415806107d8575b61022f575f81815260096020526040902080547fffffffffffffffffffffffffffffffffffffffffffffffffffffff00ffffffff81166401000000001790915562ffffff165b63ffffffff81166107b457507f9a37d1557e33fa94155a914233759e1cbf01c852513ad41589920bcbf8be19e95f80a2005b806107c363ffffffff92613c9a565b165f52600760205260405f205460e81c610782565b5073ffffffffffffffffffffffffffffffffffffffff5f541633141561073c565b34610165575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36011261016557602060405160408152f35b346101655760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610165575f60e060405161087081611d4a565b8281528260208201528260408201528260608201528260808201528260a08201528260c082015201526004355f52600660205261010060405f2064ffffffffff604051916108bd83611cf6565b5463ffffffff811680845282602085019260201c1682525f52600760205260405f209082604051926108ee84611d12565b547fffffffffffff00000000000000000000000000000000000000000000000000008160d01b16845261ffff60208501967fffffffffffffffffffffffffffffffff000000000000000000000000000000008360501b1688527fffffffffffffffffffffffffffffffff0000000000000000000000000000000060408701838560b01c1681527fffffffffffff000000000000000000000000000000000000000000000000000063ffffffff60608a0194818860c01c16865260808b019760ff8160e01c161515895260e81c60a08c015251169a8b5f5260086020528763ffffffff87868560405f20549e5116945116955116965116975115159951169960e08d604051906109fc82611d4a565b81526020810192835260408101938452606081019586526080810197885260a08101998a5260c081019b8c52019a8b526040519c8d525160208d0152511660408b01525116606089015251166080870152511660a085015251151560c0840152511660e0820152f35b346101655760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101655760043573ffffffffffffffffffffffffffffffffffffffff81168091036101655773ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000163303610b75578015610b4d576020817f01c6520cf747e4632b43b535b91afe3950ccabc4ab29bbd89e3c1f6b0ba05655927fffffffffffffffffffffffff00000000000000000000000000000000000000005f5416175f55604051908152a1005b7fa91f6a89000000000000000000000000000000000000000000000000000000005f5260045ffd5b7fad0550d5000000000000000000000000000000000000000000000000000000005f523360045260245ffd5b3461016557610120610bce610bb536611bfa565b91610bbe612f7c565b5061ffff5f5460a01c1693613128565b61010060405191805183526020810151602084015267ffffffffffffffff604082015116604084015267ffffffffffffffff606082015116606084015263ffffffff608082015116608084015261ffff60a08201511660a084015261ffff60c08201511660c084015260e081015160e08401520151610100820152f35b346101655760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610165576004355f526009602052602060ff60405f2054821c166040519015158152f35b346101655760607ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36011261016557610cd1611c6a565b602435907fffffffffffffffffffffffffffffffff00000000000000000000000000000000821680830361016557610d07611bbb565b91337f000000000000000000000000000000000000000000000000000000000000000073ffffffffffffffffffffffffffffffffffffffff161415908180610ea7575b61022f577fffffffffffff00000000000000000000000000000000000000000000000000001693845f52600460205260405f2091610e0b575b7fede430bc7e74a05c869d77145a347c6a7f096535cef4e094e1c0d66be524bbe29382600161ffff9372ffffffffffffffffffffffffffffffff0000008060409897547fffffffffffffffffffffffffff0000000000000000000000000000000000000062ffff008860081b169116179260681c1616171790558351928352166020820152a2005b8192915460ff81169081610e90575b81610e5a575b5015610e2e57919091610d83565b847fb4d07c77000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b610e8a915060681b7fffffffffffffffffffffffffffffffff000000000000000000000000000000001682613c65565b86610e20565b905061ffff8160081c1661ffff8616101590610e1a565b5073ffffffffffffffffffffffffffffffffffffffff5f5416331415610d4a565b34610165575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36011261016557602073ffffffffffffffffffffffffffffffffffffffff5f5416604051908152f35b346101655760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101655760043567ffffffffffffffff811161016557610f72610f6c6020923690600401611bcc565b90611de5565b604051908152f35b34610165575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610165576001547fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff8101908111610fe057602090604051908152f35b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601160045260245ffd5b346101655760a07ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101655760043560243561ffff8116810361016557611055611bbb565b6064359067ffffffffffffffff82168203610165576084359163ffffffff831683036101655773ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000163303610b755784156104a3576110c785613a96565b9384549060ff8216600481101561044157600381146111fc57507fffffffffffffffffffff0000000000000000000000000000000000000000000090911660909490941b75ffffffff000000000000000000000000000000000000169390931760509190911b71ffffffffffffffff000000000000000000001617604091821b69ffff0000000000000000161760309290921b67ffff00000000000016919091174260081b65ffffffffff001617600117918290555190600182528163ffffffff60e092600160207faa5f4c33a399bc03383e4d10d2040bc837ad54d20fa7bf1a54c1e1ba081024bc96015264ffffffffff8160081c16604084015261ffff8160301c16606084015261ffff8160401c16608084015267ffffffffffffffff8160501c1660a084015260901c1660c0820152a2005b61049e90887f9d819744000000000000000000000000000000000000000000000000000000005f52600452611c4f565b346101655760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36011261016557611263611baa565b60243563ffffffff81168091036101655761ffff604092165f52600360205260ff825f205416905f52600760205260ff825f205460e01c166112a783518093611c5d565b15156020820152f35b346101655760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101655760043573ffffffffffffffffffffffffffffffffffffffff7f00000000000000000000000000000000000000000000000000000000000000001633141580611413575b61022f57805f52600260205261ffff60405f2054165f52600360205260405f2060ff8154166004811015610441576001810361046e575080547fffffffffffffffffffffffffffffffffffffffffffffffffffff000000000000164260081b65ffffffffff0016176002179081905560405190600282528163ffffffff60e092600260207faa5f4c33a399bc03383e4d10d2040bc837ad54d20fa7bf1a54c1e1ba081024bc96015264ffffffffff8160081c16604084015261ffff8160301c16606084015261ffff8160401c16608084015267ffffffffffffffff8160501c1660a084015260901c1660c0820152a2005b5073ffffffffffffffffffffffffffffffffffffffff5f5416331415611322565b346101655761144236611bfa565b90926040519260a0840184811067ffffffffffffffff8211176119a6576040525f845260208401905f825260408501955f875260608601935f855260808701955f875261148f81846130a2565b92835f52600660205260405f2094604051956114aa87611cf6565b549463ffffffff861680885264ffffffffff602089019760201c1687521561197b5763ffffffff8751165f52600760205260405f2090604051916114ed83611d12565b54907fffffffffffff00000000000000000000000000000000000000000000000000008260d01b16835260208301917fffffffffffffffffffffffffffffffff000000000000000000000000000000008160501b168352604084019161ffff8260b01c168352606085019163ffffffff8160c01c16835260ff8160e01c1615159081608088015260e81c60a0870152611950575063ffffffff905116804211611925575060409061ffff7fffffffffffffffffffffffffffffffff000000000000000000000000000000007fffffffffffff0000000000000000000000000000000000000000000000000000865116945116915116925f526004602052815f20928251936115fa85611d2e565b549060ff82161515948581527fffffffffffffffffffffffffffffffff0000000000000000000000000000000061ffff8460081c169384602084015260681b1694859101528461191a575b505082611909575b5050156118ba57509061166b93929161ffff5f5460a01c1693613128565b9160408301600281511661189257611681611da8565b50835161168c611da8565b505f52600260205261ffff60405f20541690815f5260036020526116b260405f20613016565b91895281516004811015610441577fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff01611855575160056037821614801590611835575b8015611819575b6117ca575061ffff60a0850151169061ffff6040820151168214908115916117b1575b5061177957509260a0979263ffffffff9264ffffffffff84819751169151168552825261010060e08201519101518752855261ffff60405197511687525116602086015251166040840152516060830152516080820152f35b61ffff60c085015116907f0420e41c000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b905061ffff60608160c08801511692015116118a611720565b8467ffffffffffffffff63ffffffff60808260608501511693015116927f8a144c9a000000000000000000000000000000000000000000000000000000005f521660045260245260445260645ffd5b5063ffffffff60808601518160a08501511619161615156116fd565b5067ffffffffffffffff60608601518160808501511619161615156116f6565b508351905160048110156104415761049e917f91193c7a000000000000000000000000000000000000000000000000000000005f52600452611c4f565b7f8f859312000000000000000000000000000000000000000000000000000000005f5260045ffd5b7fffffffffffff00000000000000000000000000000000000000000000000000009051167f80e6a854000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b6119139250613c65565b8d8061164d565b101592508f80611645565b7ffd240325000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b7f5690c93b000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b7f13f6864d000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b7f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b346101655760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36011261016557611a0a611baa565b337f000000000000000000000000000000000000000000000000000000000000000073ffffffffffffffffffffffffffffffffffffffff1614158080611b1d575b61022f5780611b08575b611ace5760207f5b281afcb3967c59847cfe084164b82e0ee3b22933ddabad5cc547fda945fe4f915f547fffffffffffffffffffff0000ffffffffffffffffffffffffffffffffffffffff75ffff00000000000000000000000000000000000000008360a01b169116175f5561ffff60405191168152a1005b61ffff805f5460a01c16917f4ac1ff0d000000000000000000000000000000000000000000000000000000005f521660045260245260445ffd5b5061ffff5f5460a01c1661ffff821610611a55565b5073ffffffffffffffffffffffffffffffffffffffff5f5416331415611a4b565b34610165575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101655760209073ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b6004359061ffff8216820361016557565b6044359061ffff8216820361016557565b9181601f840112156101655782359167ffffffffffffffff8311610165576020838186019501011161016557565b60607ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc820112610165576004359067ffffffffffffffff821161016557611c4391600401611bcc565b90916024359060443590565b600481101561044157602452565b9060048210156104415752565b600435907fffffffffffff00000000000000000000000000000000000000000000000000008216820361016557565b63ffffffff60a08092611cad858251611c5d565b64ffffffffff602082015116602086015261ffff604082015116604086015261ffff606082015116606086015267ffffffffffffffff6080820151166080860152015116910152565b6040810190811067ffffffffffffffff8211176119a657604052565b60c0810190811067ffffffffffffffff8211176119a657604052565b6060810190811067ffffffffffffffff8211176119a657604052565b610100810190811067ffffffffffffffff8211176119a657604052565b90601f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0910116810190811067ffffffffffffffff8211176119a657604052565b60405190611db582611d12565b5f60a0838281528260208201528260408201528260608201528260808201520152565b91908203918211610fe057565b919091604051610160810181811067ffffffffffffffff8211176119a6576040525f81525f60208201525f60408201525f60608201525f60808201525f60a08201525f60c08201525f60e08201525f6101008201525f6101208201525f6101408201528135846002118015612f6e575b612ed95760ff8160f01c166002916080821015612f05575b508101858111612ed9578581036127a457908160205f611e92611e9d95858b8a613d25565b809691958b8a6130d5565b908160405192839283378101838152039060025afa15612ba1575f518452611eff6040517f300a06082a8648ce3d04030200000000000000000000000000000000000000006020820152600c8152611ef6602c82611d67565b82858a89613eb3565b908186013590600283018181118015612ecb575b612bed5760ff8360f01c1690926080821015612e5a575b508201928184116127a457508214801590612e51575b8015612e1b575b6127a457600181018111610fe057611f82611f6a836001611f7594018b8a613d25565b928380928c8b613f6e565b9060208901528a89613f6e565b9290604087015281831491821592612e10575b50506127a4575064ffffffffff612073816120588561204f816120488b828f612007826120006120649e82604051917fa003020102000000000000000000000000000000000000000000000000000000602084015260058352611ff9602584611d67565b8689613eb3565b8386613ddd565b919050604051937f300a06082a8648ce3d04030200000000000000000000000000000000000000006020860152600c8552612043602c86611d67565b613eb3565b8d8c613d25565b90508b8a613d25565b94858093928c8b61400e565b9116610120880152898861400e565b91166101408501528181036127a45750612092826120d5928887613d25565b905082604051917f3059301306072a8648ce3d020106082a8648ce3d0301070342000400000000006020840152601b83526120ce603b84611d67565b8887613eb3565b60408101808211610fe057828111612a725760208201808311610fe057612109828261210f61210961211b95888e8d6130d5565b906130ed565b60608901528a896130d5565b6080850152604082860101359160428101908482118015612e02575b612c635760ff8460f01c1691936080831015612d8f575b50508201908382116127a457508281036127a457508161216f918786613d25565b8281036127a457505f905b828082106127cf575050156127a4575061219d60608201516080830151906130a2565b93845f52600660205263ffffffff60405f20541661279f5761220e825160208401519060408501517f0000000000000000000000000000000000000000000000000000000000000000927f000000000000000000000000000000000000000000000000000000000000000092613b8e565b158061273f575b6127175764ffffffffff6101208301511642108015612702575b6126ca5760a08201515f52600960205260405f20916040519261225184611d2e565b549162ffffff8316845260ff6020850193818160181c16855260201c16151580604086015261269a57604060ff8451161461266a5760055462ffffff811662ffffff8114610fe0577fffffffffffffffffffffffffffffffffffffffffffffffffffffffffff0000009460019262ffffff8460ff94011696879116176005555116019360ff8511610fe05760a07f98f9f4b127158c08e567cc89d2a6f942365339d7ecbec481a07319ae5ba5e8c6936040928a9784519061231182611d2e565b88825260ff1660208083019182525f878401818152868801518252600983529088902093518454935191517fffffffffffffffffffffffffffffffffffffffffffffffffffffff000000000090941662ffffff919091161760189190911b63ff0000001617911515901b64ff0000000016179055835161239081611cf6565b8781526020810164ffffffffff43168152895f52600660205263ffffffff865f209251167fffffffffffffffffffffffffffffffffffffffffffffff00000000000000000068ffffffffff000000008454935160201b169216171790557fffffffffffff000000000000000000000000000000000000000000000000000060c083015116907fffffffffffffffffffffffffffffffff0000000000000000000000000000000060e08401511661ffff610100850151169061014085015163ffffffff64ffffffffff8216115f14612659575062ffffff63ffffffff935b51169287519461247c86611d12565b85526020850191825287850192835263ffffffff606086019116815260808501925f84528786019485528b5f5260076020527fffffffff00000000ffffffffffffffffffffffffffffffffffffffffffffffff895f20965160d01c7fffffffffffffffff0000000000000000000000000000000000000000000000007bffffffff00000000000000000000000000000000000000000000000077ffff0000000000000000000000000000000000000000000075ffffffffffffffffffffffffffffffff000000000000808c54995160501c1616955160b01b16955160c01b169516171617171783555115157fffffff00ffffffffffffffffffffffffffffffffffffffffffffffffffffffff7cff0000000000000000000000000000000000000000000000000000000084549260e01b169116178255517cffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7fffffff000000000000000000000000000000000000000000000000000000000083549260e81b16911617905581810151865f526008602052835f20550151957fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0601f84845195869460208652816020870152868601375f85828601015201168101030190a4565b63ffffffff62ffffff91169361246d565b60a08201517f609cbddb000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b60a08201517f503a2a16000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b64ffffffffff610140830151167ffd240325000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b5064ffffffffff61014083015116421161222f565b7fc24fcdae000000000000000000000000000000000000000000000000000000005f5260045ffd5b50612799825160208401519060408501517f0000000000000000000000000000000000000000000000000000000000000000927f000000000000000000000000000000000000000000000000000000000000000092613b8e565b15612215565b505050565b7f89f9bdbf000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b6127da918887613d25565b916127e88380938a89613e22565b9390849260096127f88388611dd8565b14801590612d76575b612d6c576127a4575060019381811080612d55575b612c9d575b508187013590600283018181118015612c8f575b612bed5760ff8360f01c1690926080821015612bc6575b508201928184116127a457508203612a725781612864918a89613d25565b8281036127a4575061287b82612885928b8a613d25565b8092918b8a613e22565b90600a6128928284611dd8565b14801590612bac575b6127a457506004826128ae928c8b613e67565b90828203612a725760106128c28284611dd8565b036127a4576128d66020925f928d8c6130d5565b908160405192839283378101838152039060025afa15612ba15761287b82612906925f5160a08a01528b8a613d25565b90600a6129138284611dd8565b14801590612b87575b6127a4575060308261292f928c8b613e67565b90828203612a72579083915f9187915b8d6011841115612ad2575050505090612987927fffffffffffffffffffffffffffffffff0000000000000000000000000000000061287b9360801b1660e08a01528b8a613d25565b90600a6129948284611dd8565b14801590612ab8575b6127a457506004826129b0928c8b613e67565b90508181036127a457506129d3916129c9918a89613d25565b8092918a89613e22565b90600a6129e08284611dd8565b14801590612a9e575b6127a457506004826129fc928b8a613e67565b918203612a72576006612a0f8284611dd8565b036127a4577fffffffffffff000000000000000000000000000000000000000000000000000091612a41918a896130d5565b90358281169160068110612a5d575b50501660c085015261217a565b839250829060060360031b1b16165f80612a50565b507f89f9bdbf000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b50692a864886f84d010d01048189013560b01c14156129e9565b50692a864886f84d010d0103818a013560b01c141561299d565b829394955090612ae392918d613d25565b939084600d8201118015612b68575b6127a4579081612b0b8f8e889591600d87930191613f6e565b909314801590612b48575b6127a4575088919060108511612b375760081b17935b92019085939261293f565b949061ffff166101008c0152612b2c565b5060108511612b5f5761ffff60ff5b168311612b16565b61ffff80612b57565b50836c060b2a864886f84d010d01020017818d013560981c1415612af2565b50692a864886f84d010d0102818a013560b01c141561291c565b6040513d5f823e3d90fd5b50692a864886f84d010d0101818a013560b01c141561289b565b91925060818103612c19575060038301919060e81c60ff1660808110612bed575b5f612846565b837f89f9bdbf000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b608203612c635760048301919060e01c61ffff16610100811015612be757837f89f9bdbf000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b827f89f9bdbf000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b5060048360f81c141561282f565b90915060028101878201358382118015612d48575b612c635760ff8160f01c1691906080831015612cdb575b5001908282116127a45750905f61281b565b91905060818103612d00575060e81c60ff166003820160808210612c63575b5f612cc9565b608203612a725760e01c61ffff1660048201610100821015612cfa57827f89f9bdbf000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b50858160f81c1415612cb2565b5084612d62828c8b613f62565b3560f81c14612816565b945050505061217a565b50682a864886f84d010d01828a013560b81c1415612801565b9093509060818103612db8575060ff60439160e81c1692019160808110612a72575b5f8061214e565b608203612a725761ffff60449160e01c16920191610100811015612db157507f89f9bdbf000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b5060a38460f81c1415612137565b141590505f80611f95565b507fff00000000000000000000000000000000000000000000000000000000000000612e48828a89613f62565b35161515611f47565b50818114611f40565b91925060818103612e81575060038301919060e81c60ff1660808110612bed575b5f611f2a565b608203612c635760048301919060e01c61ffff16610100811015612e7b57837f89f9bdbf000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b5060038360f81c1415611f13565b7f89f9bdbf000000000000000000000000000000000000000000000000000000005f525f60045260245ffd5b915060818103612f28575060039060e81c60ff1660808110612ed9575b5f611e6d565b608203612ed95760049060e01c61ffff16610100811015612f22575f827f89f9bdbf0000000000000000000000000000000000000000000000000000000082525260245ffd5b5060308160f81c1415611e55565b60405190610120820182811067ffffffffffffffff8211176119a6576040525f610100838281528260208201528260408201528260608201528260808201528260a08201528260c08201528260e08201520152565b600154811015612fe95760015f5260205f2001905f90565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52603260045260245ffd5b9060405161302381611d12565b80925460ff811660048110156104415760a09163ffffffff91845264ffffffffff8160081c16602085015261ffff8160301c16604085015261ffff8160401c16606085015267ffffffffffffffff8160501c16608085015260901c16910152565b6040519061309182611d2e565b5f6040838281528260208201520152565b9060405190602082019283526040820152604081526130c2606082611d67565b51902090565b91908201809211610fe057565b90939293848311610165578411610165578101920390565b3590602081106130fb575090565b7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff9060200360031b1b1690565b91929493613134612f7c565b956103f68310613a1f5761ffff6103f485013561ff008160f81c9160e81c1617166104008111908115613a7e575b50613a1f5782600811610165577f03000200000000000000000000000000000000000000000000000000000000007fffffffffffffffff000000000000000000000000000000000000000000000000853516036139c15782601c11610165577f939a7233f79c4ca9940a0db3957f0607000000000000000000000000000000007fffffffffffffffffffffffffffffffff00000000000000000000000000000000600c860135160361396357826103b4116101655760205f6101806040518161023489018237828282015260025afa15612ba1575f5190836103d411610165576020956103b486013592856103f41161016557613265936103d488013591613b8e565b1561390557816102d411610165577f8c4f5775d796503e96137f77c68a829a0056ac8ded70140b081b094490c57bff6102b4840135036138a757600161ffff61033485013561ff008160f81c9160e81c1617160361384957601167fffffffffffffffb61332761026486013560c01c66ff00ff00ff00ff67ff00ff00ff00ff008260081b169160081c161765ffff0000ffff67ffff0000ffff00008260101b169160101c161763ffffffff67ffffffff000000008260201b169160201c161790565b16148015906137dc575b61377e5761ffff1661033683013560e881901c61ff001660f89190911c1710613720578061023411610165576101f48201816103f61161016557835f604051828101906040858337606081018381527ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc0a8701906103f6890190376134057ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc6a82888101868382015203017fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe08101835282611d67565b604051918291518091835e8101838152039060025afa15612ba1575f5182610394116101655761037484013514801590613712575b6136b457816101b01161016557835f6101b060405181878237828282015260025afa15612ba1575f51908261021411610165576102148401359035836101d411610165576101b485013592846101f4116101655761349e936101d487013591613b8e565b15613656578060901161016557607082013585528060d0116101655760b08201358386015267ffffffffffffffff61352a606084013560c01c66ff00ff00ff00ff67ff00ff00ff00ff008260081b169160081c161765ffff0000ffff67ffff0000ffff00008260101b169160101c161763ffffffff67ffffffff000000008260201b169160201c161790565b16604086015267ffffffffffffffff613597606884013560c01c66ff00ff00ff00ff67ff00ff00ff00ff008260081b169160081c161765ffff0000ffff67ffff0000ffff00008260101b169160101c161763ffffffff67ffffffff000000008260201b169160201c161790565b16606086015263ffffffff613600604084013560c01c66ff00ff00ff00ff67ff00ff00ff00ff008260081b169160081c161765ffff0000ffff67ffff0000ffff00008260101b169160101c161763ffffffff67ffffffff000000008260201b169160201c161790565b16608086015261013082013560e881811c61ff0090811660f893841c1760a08901526101328501359182901c16911c1760c0860152610190116101655761017081013560e0850152610190013561010084015250565b606483604051907fc642adb50000000000000000000000000000000000000000000000000000000082526004820152600560248201527f71756f74650000000000000000000000000000000000000000000000000000006044820152fd5b606484604051907f2c4702830000000000000000000000000000000000000000000000000000000082526004820152600760248201527f62696e64696e67000000000000000000000000000000000000000000000000006044820152fd5b50610394830135151561343a565b606483604051907f2c4702830000000000000000000000000000000000000000000000000000000082526004820152601060248201527f73656375726974792076657273696f6e000000000000000000000000000000006044820152fd5b606484604051907f2c4702830000000000000000000000000000000000000000000000000000000082526004820152600a60248201527f61747472696275746573000000000000000000000000000000000000000000006044820152fd5b5063ffffffff61384161024485013560c01c66ff00ff00ff00ff67ff00ff00ff00ff008260081b169160081c161765ffff0000ffff67ffff0000ffff00008260101b169160101c161763ffffffff67ffffffff000000008260201b169160201c161790565b161515613331565b606484604051907f2c4702830000000000000000000000000000000000000000000000000000000082526004820152600760248201527f70726f64756374000000000000000000000000000000000000000000000000006044820152fd5b606484604051907f2c4702830000000000000000000000000000000000000000000000000000000082526004820152600660248201527f7369676e657200000000000000000000000000000000000000000000000000006044820152fd5b606484604051907fc642adb50000000000000000000000000000000000000000000000000000000082526004820152601860248201527f71756f74696e6720656e636c6176652773207265706f727400000000000000006044820152fd5b60646040517fd079c0c600000000000000000000000000000000000000000000000000000000815260206004820152600660248201527f76656e646f7200000000000000000000000000000000000000000000000000006044820152fd5b60646040517fd079c0c600000000000000000000000000000000000000000000000000000000815260206004820152600660248201527f68656164657200000000000000000000000000000000000000000000000000006044820152fd5b6040517fd079c0c600000000000000000000000000000000000000000000000000000000815260206004820152600660248201527f6c656e67746800000000000000000000000000000000000000000000000000006044820152606490fd5b90506103f601806103f611610fe0578314155f613162565b805f52600260205261ffff60405f2054168015613ac2575b61ffff9150165f52600360205260405f2090565b5060015461ffff8111613b675761ffff16815f52600260205260405f20817fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff000082541617905560015491680100000000000000008310156119a657613b2f83600161ffff9501600155612fd1565b7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff829392549160031b92831b921b1916179055613aae565b7ee001eb000000000000000000000000000000000000000000000000000000005f5260045ffd5b939291907fffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551821015613c5c577f7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a88211613c0c575b613bef848484848961443f565b90959015613bff57505050505090565b613c09955061455b565b90565b907fffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551037fffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc6325518111610fe05790613be2565b50505050505f90565b60801c9060801c805b613c79575050600190565b60ff811660ff831610613c945760081c809160081c91613c6e565b50505f90565b63ffffffff16805f52600760205260405f207c01000000000000000000000000000000000000000000000000000000007fffffff00ffffffffffffffffffffffffffffffffffffffffffffffffffffffff825416179055805f52600860205260405f2054907f7608acc7bc10d56769e11a7b0e6d26be6db9d9830c3bed3b312e7b74f33f64ba5f80a3565b82013593919050600281018381118015613dcf575b612a725760ff8560f01c1690946080821015613d5e575b5084019283116127a45750565b91945060818103613d85575060038401939060e81c60ff1660808110612a72575b5f613d51565b608203612bed5760048401939060e01c61ffff16610100811015613d7f57507f89f9bdbf000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b5060308560f81c1415613d3a565b82013593919050600281018381118015613e1457612a725760ff8560f01c1690946080821015613d5e575084019283116127a45750565b5060028560f81c1415613d3a565b82013593919050600281018381118015613e5957612a725760ff8560f01c1690946080821015613d5e575084019283116127a45750565b5060068560f81c1415613d3a565b820135949293600283019150848211908115613ea2575b50612a725760ff8560f01c1690946080821015613d5e575084019283116127a45750565b60ff9150168560f81c14155f613e7e565b91929493909483613ec58351826130c8565b9687928311948515613ede575b50505050506127a45750565b613ee99495506130d5565b67ffffffffffffffff81116119a65760405190613f2e60207fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0601f8401160183611d67565b8082526020820192368282011161016557815f92602092863783010152519020906020815191012014155f84838280613ed2565b90821015612fe9570190565b919283613f7b9284613ddd565b919092829380808503930190813594148015614001575b612a72576001831180613ff6575b613fb9575b50602082116127a4575060200360031b1c91565b90919260019060f71c1615612a725760010135917fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff01905f613fa5565b508360f81c15613fa0565b5060018460ff1c14613f92565b8383101561443957614021838383613f62565b3560f81c5b60ff81169460178614958615908161442d575b50614401579061404b91858585613e67565b9481866140588282611dd8565b83156143f85760ff600d5b161490811591614376575b5061434a5761407e818686614906565b911561430957506140a09060328110156142fe5761ffff6107d05b16906130c8565b9060028101809111610fe057935b6140b9858585614906565b60028601808711610fe0576140cf908686614906565b916107b2841080156142f6575b80156142ec575b80156142e4575b80156142da575b6127a45750600281119283156142aa57925b15614299577ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffd8101908111610fe057915b8061016d029061016d82048103610fe05761019061416661415c61416e948460021c906130c8565b6064840490611dd8565b9104906130c8565b9180609902906099820403610fe05760028101809111610fe05761419e9260056141999204906130c8565b6130c8565b7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff810190808211610fe0577ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff5059301908111610fe05762015180810290808204620151801490151715610fe05760048401808511610fe05761421f908484614906565b610e10810290808204610e101490151715610fe05761423d916130c8565b60068401808511610fe057614253908484614906565b603c810290808204603c1490151715610fe05761426f916130c8565b9060088401809411610fe05764ffffffffff936142959361428f92614906565b906130c8565b1691565b60098101809111610fe05791614134565b7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff8101908111610fe05792614103565b50601f83116140f1565b5082156140ea565b50600c82116140e3565b5081156140dc565b61ffff61076c614099565b9150606481029080820460641490151715610fe0576002820190818311610fe05761428f614338928686614906565b9060048101809111610fe057936140ae565b857f89f9bdbf000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff810191508111610fe0577fff000000000000000000000000000000000000000000000000000000000000006143ee7f5a00000000000000000000000000000000000000000000000000000000000000928888613f62565b351614155f61406e565b60ff600f614063565b847f89f9bdbf000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b6018915014155f614039565b5f614026565b9091929361444d84846149df565b15801561454a575b156144665750505050505f90600190565b6020945f9460a094604051948552878501526040840152606083015260808201528280526101005afa15614548575f51156144a357600190600190565b60205f60a06040517fbb5a52f42f9c9261ed4361f59422a1e30036e7c32b270c8807a419feca6050238152600584820152600160408201527fa71af64de5126a4a4e02b7922d66ce9415ce88a4c9d25514d91082c8725ac95760608201527f5d47723c8fbe580bb369fec9c2665d8e30a435b9932645482e7c9f11e872296b60808201528280526101005afa15614548575f5115614542575f90600190565b5f905f90565bfe5b506145558186614a56565b15614455565b9190939261456982866149df565b1580156148f5575b613c5c57604051936102006145868187611d67565b5f5b8181106148e05750506020926147225f9360c0936040516145a881611d2e565b86815286888201528660408201528952604051916145c583611d2e565b82528682015260016040820152858801908152876147136040516145e881611d2e565b7f6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c29681527f4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f58982015260016040820152608083019081526147046146f561464e8651614ae4565b92604086019384526146608151614ae4565b9061010087019182526146768851865190614b21565b966060810197885261468b8951835190614b21565b60a082015261469d8651835190614b21565b8c8201526146ae8851835190614b21565b60e08201526146c08951845190614b21565b6101208201526146d38651845190614b21565b6101408201526101606146e98951855190614b21565b91015251905190614b21565b6101808d018181529551614b21565b6101a08c015251835190614b21565b6101c08a015251905190614b21565b6101e087015260405190848252848083015284604083015260608201527fffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc63254f60808201527fffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc63255160a082015260055afa5f5190156148ce57807fffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551809286959495099309905f905f925f945f915b6080831061480a575050505091614804917fffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc63255193614dc5565b50061490565b866148ac575b8160fe1c600c8260fc1c161760406148288287614ad3565b510151614844575b5060019060021b9160021b920191906147cc565b9691959094826148885750505061485b8583614ad3565b5151936001604061487b60206148718a88614ad3565b5101519886614ad3565b5101519695945b90614830565b906148a1929161489b6001989987614ad3565b51614bd3565b969195909594614882565b93956148bd91956148c39397614b40565b91614b40565b959194909493614810565b634e487b715f5260126020526024601cfd5b6020906148eb613084565b8189015201614588565b506149008482614a56565b15614571565b919091614914828483613f62565b3560f81c926001830190818411610fe05761492e92613f62565b3560f81c906030831080156149d5575b80156149cb575b80156149c1575b6127a457507fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffd08201918211610fe057600a820291808304600a1490151715610fe0577fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffd08101908111610fe057613c09916130c8565b506039821161494c565b5060308210614945565b506039831161493e565b908115159182614a2c575b5081614a22575b816149fa575090565b7f7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a89150111590565b80151591506149f1565b7fffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc6325511191505f6149ea565b7fffffffff00000001000000000000000000000000ffffffffffffffffffffffff80807f5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b8185817fffffffff00000001000000000000000000000000fffffffffffffffffffffffc81838009080908818580091493109110161690565b906010811015612fe95760051b0190565b614b0490614af0613084565b508051906040602082015191015191614b40565b9060405192614b1284611d2e565b83526020830152604082015290565b614b0491614b2d613084565b5080516040602083015192015192614bd3565b9290917fffffffff00000001000000000000000000000000ffffffffffffffffffffffff80918180868009968180808a818080808a800980097fffffffff00000001000000000000000000000000fffffffffffffffffffffffc09818088800960030908940960040991818080808087600209810381868009089c80096008098103938b82039008900908940960020990565b91939092935f945f945f946040810151907fffffffff00000001000000000000000000000000ffffffffffffffffffffffff8280097fffffffff00000001000000000000000000000000ffffffffffffffffffffffff858009927fffffffff00000001000000000000000000000000ffffffffffffffffffffffff80878609602085015109917fffffffff00000001000000000000000000000000ffffffffffffffffffffffff808681868103818d8189890990090896510991818381039189090890811585151694855f14614d54575050505050600114614cb6575b50505050565b7fffffffff00000001000000000000000000000000ffffffffffffffffffffffff8080809a508699508097985080969381808087819998099d838f94097fffffffff00000001000000000000000000000000fffffffffffffffffffffffc09818088800960030908940960040991818080808087600209810381868009089c80096008098103938b820390089009089409600209905f808080614cb0565b929b50935096507fffffffff00000001000000000000000000000000ffffffffffffffffffffffff80808080809c9d50809a995080985080969f508b8009809709958a098180876002098103818381038188800908089d098103938c8203900890090895099009905f808080614cb0565b92918015614e75575f60c060209260405190848252848083015284604083015260608201527fffffffff00000001000000000000000000000000fffffffffffffffffffffffd60808201527fffffffff00000001000000000000000000000000ffffffffffffffffffffffff60a082015260055afa905f5191156148ce577fffffffff00000001000000000000000000000000ffffffffffffffffffffffff828180828196098097099509900990565b505090505f905f9056",
}

// SgxQuoteVerifier is an auto generated Go binding around an Ethereum contract.
type SgxQuoteVerifier struct {
	abi abi.ABI
}

// GetABI returns the ABI associated with this contract binding.
func (c *SgxQuoteVerifier) GetABI() abi.ABI {
	return c.abi
}

// NewSgxQuoteVerifier creates a new instance of SgxQuoteVerifier.
func NewSgxQuoteVerifier() *SgxQuoteVerifier {
	parsed, err := SgxQuoteVerifierMetaData.ParseABI()
	if err != nil {
		panic(errors.New("invalid ABI: " + err.Error()))
	}
	return &SgxQuoteVerifier{abi: *parsed}
}

// Instance creates a wrapper for a deployed contract instance at the given address.
// Use this to create the instance object passed to abigen v2 library functions Call, Transact, etc.
func (c *SgxQuoteVerifier) Instance(backend bind.ContractBackend, addr common.Address) *bind.BoundContract {
	return bind.NewBoundContract(addr, c.abi, backend, backend, backend)
}

// PackConstructor is the Go binding used to pack the parameters required for
// contract deployment.
//
// Solidity: constructor(bytes32[2] platformCa, bytes32[2] processorCa, address governor_, address guardian_, uint16 qeFloor_) returns()
func (sgxQuoteVerifier *SgxQuoteVerifier) PackConstructor(platformCa [2][32]byte, processorCa [2][32]byte, governor_ common.Address, guardian_ common.Address, qeFloor_ uint16) []byte {
	enc, err := sgxQuoteVerifier.abi.Pack("", platformCa, processorCa, governor_, guardian_, qeFloor_)
	if err != nil {
		panic(err)
	}
	return enc
}

// PackMAXPLATFORMSPERMACHINE is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x92df676e.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function MAX_PLATFORMS_PER_MACHINE() view returns(uint256)
func (sgxQuoteVerifier *SgxQuoteVerifier) PackMAXPLATFORMSPERMACHINE() []byte {
	enc, err := sgxQuoteVerifier.abi.Pack("MAX_PLATFORMS_PER_MACHINE")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackMAXPLATFORMSPERMACHINE is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x92df676e.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function MAX_PLATFORMS_PER_MACHINE() view returns(uint256)
func (sgxQuoteVerifier *SgxQuoteVerifier) TryPackMAXPLATFORMSPERMACHINE() ([]byte, error) {
	return sgxQuoteVerifier.abi.Pack("MAX_PLATFORMS_PER_MACHINE")
}

// UnpackMAXPLATFORMSPERMACHINE is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x92df676e.
//
// Solidity: function MAX_PLATFORMS_PER_MACHINE() view returns(uint256)
func (sgxQuoteVerifier *SgxQuoteVerifier) UnpackMAXPLATFORMSPERMACHINE(data []byte) (*big.Int, error) {
	out, err := sgxQuoteVerifier.abi.Unpack("MAX_PLATFORMS_PER_MACHINE", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackMINDELAY is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x9f81aed7.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function MIN_DELAY() view returns(uint256)
func (sgxQuoteVerifier *SgxQuoteVerifier) PackMINDELAY() []byte {
	enc, err := sgxQuoteVerifier.abi.Pack("MIN_DELAY")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackMINDELAY is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x9f81aed7.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function MIN_DELAY() view returns(uint256)
func (sgxQuoteVerifier *SgxQuoteVerifier) TryPackMINDELAY() ([]byte, error) {
	return sgxQuoteVerifier.abi.Pack("MIN_DELAY")
}

// UnpackMINDELAY is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x9f81aed7.
//
// Solidity: function MIN_DELAY() view returns(uint256)
func (sgxQuoteVerifier *SgxQuoteVerifier) UnpackMINDELAY(data []byte) (*big.Int, error) {
	out, err := sgxQuoteVerifier.abi.Unpack("MIN_DELAY", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackAddMeasurement is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x37f32098.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function addMeasurement(bytes32 mrenclave, uint16 isvProdId, uint16 minIsvSvn, uint64 xfrmAllowed, uint32 miscAllowed) returns()
func (sgxQuoteVerifier *SgxQuoteVerifier) PackAddMeasurement(mrenclave [32]byte, isvProdId uint16, minIsvSvn uint16, xfrmAllowed uint64, miscAllowed uint32) []byte {
	enc, err := sgxQuoteVerifier.abi.Pack("addMeasurement", mrenclave, isvProdId, minIsvSvn, xfrmAllowed, miscAllowed)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackAddMeasurement is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x37f32098.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function addMeasurement(bytes32 mrenclave, uint16 isvProdId, uint16 minIsvSvn, uint64 xfrmAllowed, uint32 miscAllowed) returns()
func (sgxQuoteVerifier *SgxQuoteVerifier) TryPackAddMeasurement(mrenclave [32]byte, isvProdId uint16, minIsvSvn uint16, xfrmAllowed uint64, miscAllowed uint32) ([]byte, error) {
	return sgxQuoteVerifier.abi.Pack("addMeasurement", mrenclave, isvProdId, minIsvSvn, xfrmAllowed, miscAllowed)
}

// PackCheckQuote is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x657cad64.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function checkQuote(bytes quote, bytes32 x, bytes32 y) view returns((bytes32,bytes32,uint64,uint64,uint32,uint16,uint16,bytes32,bytes32))
func (sgxQuoteVerifier *SgxQuoteVerifier) PackCheckQuote(quote []byte, x [32]byte, y [32]byte) []byte {
	enc, err := sgxQuoteVerifier.abi.Pack("checkQuote", quote, x, y)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackCheckQuote is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x657cad64.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function checkQuote(bytes quote, bytes32 x, bytes32 y) view returns((bytes32,bytes32,uint64,uint64,uint32,uint16,uint16,bytes32,bytes32))
func (sgxQuoteVerifier *SgxQuoteVerifier) TryPackCheckQuote(quote []byte, x [32]byte, y [32]byte) ([]byte, error) {
	return sgxQuoteVerifier.abi.Pack("checkQuote", quote, x, y)
}

// UnpackCheckQuote is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x657cad64.
//
// Solidity: function checkQuote(bytes quote, bytes32 x, bytes32 y) view returns((bytes32,bytes32,uint64,uint64,uint32,uint16,uint16,bytes32,bytes32))
func (sgxQuoteVerifier *SgxQuoteVerifier) UnpackCheckQuote(data []byte) (ISgxQuoteVerifierReport, error) {
	out, err := sgxQuoteVerifier.abi.Unpack("checkQuote", data)
	if err != nil {
		return *new(ISgxQuoteVerifierReport), err
	}
	out0 := *abi.ConvertType(out[0], new(ISgxQuoteVerifierReport)).(*ISgxQuoteVerifierReport)
	return out0, nil
}

// PackDeprecateMeasurement is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x21a0bb31.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function deprecateMeasurement(bytes32 mrenclave) returns()
func (sgxQuoteVerifier *SgxQuoteVerifier) PackDeprecateMeasurement(mrenclave [32]byte) []byte {
	enc, err := sgxQuoteVerifier.abi.Pack("deprecateMeasurement", mrenclave)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackDeprecateMeasurement is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x21a0bb31.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function deprecateMeasurement(bytes32 mrenclave) returns()
func (sgxQuoteVerifier *SgxQuoteVerifier) TryPackDeprecateMeasurement(mrenclave [32]byte) ([]byte, error) {
	return sgxQuoteVerifier.abi.Pack("deprecateMeasurement", mrenclave)
}

// PackFloorOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb783823b.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function floorOf(bytes6 fmspc) view returns((bool,uint16,bytes16))
func (sgxQuoteVerifier *SgxQuoteVerifier) PackFloorOf(fmspc [6]byte) []byte {
	enc, err := sgxQuoteVerifier.abi.Pack("floorOf", fmspc)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackFloorOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb783823b.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function floorOf(bytes6 fmspc) view returns((bool,uint16,bytes16))
func (sgxQuoteVerifier *SgxQuoteVerifier) TryPackFloorOf(fmspc [6]byte) ([]byte, error) {
	return sgxQuoteVerifier.abi.Pack("floorOf", fmspc)
}

// UnpackFloorOf is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xb783823b.
//
// Solidity: function floorOf(bytes6 fmspc) view returns((bool,uint16,bytes16))
func (sgxQuoteVerifier *SgxQuoteVerifier) UnpackFloorOf(data []byte) (IAttestationPolicyFloor, error) {
	out, err := sgxQuoteVerifier.abi.Unpack("floorOf", data)
	if err != nil {
		return *new(IAttestationPolicyFloor), err
	}
	out0 := *abi.ConvertType(out[0], new(IAttestationPolicyFloor)).(*IAttestationPolicyFloor)
	return out0, nil
}

// PackGovernor is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x0c340a24.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function governor() view returns(address)
func (sgxQuoteVerifier *SgxQuoteVerifier) PackGovernor() []byte {
	enc, err := sgxQuoteVerifier.abi.Pack("governor")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackGovernor is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x0c340a24.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function governor() view returns(address)
func (sgxQuoteVerifier *SgxQuoteVerifier) TryPackGovernor() ([]byte, error) {
	return sgxQuoteVerifier.abi.Pack("governor")
}

// UnpackGovernor is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x0c340a24.
//
// Solidity: function governor() view returns(address)
func (sgxQuoteVerifier *SgxQuoteVerifier) UnpackGovernor(data []byte) (common.Address, error) {
	out, err := sgxQuoteVerifier.abi.Unpack("governor", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackGuardian is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x452a9320.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function guardian() view returns(address)
func (sgxQuoteVerifier *SgxQuoteVerifier) PackGuardian() []byte {
	enc, err := sgxQuoteVerifier.abi.Pack("guardian")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackGuardian is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x452a9320.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function guardian() view returns(address)
func (sgxQuoteVerifier *SgxQuoteVerifier) TryPackGuardian() ([]byte, error) {
	return sgxQuoteVerifier.abi.Pack("guardian")
}

// UnpackGuardian is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x452a9320.
//
// Solidity: function guardian() view returns(address)
func (sgxQuoteVerifier *SgxQuoteVerifier) UnpackGuardian(data []byte) (common.Address, error) {
	out, err := sgxQuoteVerifier.abi.Unpack("guardian", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackMachineOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa7b555e2.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function machineOf(uint32 index) view returns(bytes32)
func (sgxQuoteVerifier *SgxQuoteVerifier) PackMachineOf(index uint32) []byte {
	enc, err := sgxQuoteVerifier.abi.Pack("machineOf", index)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackMachineOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa7b555e2.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function machineOf(uint32 index) view returns(bytes32)
func (sgxQuoteVerifier *SgxQuoteVerifier) TryPackMachineOf(index uint32) ([]byte, error) {
	return sgxQuoteVerifier.abi.Pack("machineOf", index)
}

// UnpackMachineOf is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xa7b555e2.
//
// Solidity: function machineOf(uint32 index) view returns(bytes32)
func (sgxQuoteVerifier *SgxQuoteVerifier) UnpackMachineOf(data []byte) ([32]byte, error) {
	out, err := sgxQuoteVerifier.abi.Unpack("machineOf", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackMachineRevoked is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x615ed84d.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function machineRevoked(bytes32 machine) view returns(bool)
func (sgxQuoteVerifier *SgxQuoteVerifier) PackMachineRevoked(machine [32]byte) []byte {
	enc, err := sgxQuoteVerifier.abi.Pack("machineRevoked", machine)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackMachineRevoked is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x615ed84d.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function machineRevoked(bytes32 machine) view returns(bool)
func (sgxQuoteVerifier *SgxQuoteVerifier) TryPackMachineRevoked(machine [32]byte) ([]byte, error) {
	return sgxQuoteVerifier.abi.Pack("machineRevoked", machine)
}

// UnpackMachineRevoked is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x615ed84d.
//
// Solidity: function machineRevoked(bytes32 machine) view returns(bool)
func (sgxQuoteVerifier *SgxQuoteVerifier) UnpackMachineRevoked(data []byte) (bool, error) {
	out, err := sgxQuoteVerifier.abi.Unpack("machineRevoked", data)
	if err != nil {
		return *new(bool), err
	}
	out0 := *abi.ConvertType(out[0], new(bool)).(*bool)
	return out0, nil
}

// PackMeasurement is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd329cf88.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function measurement(bytes32 mrenclave) view returns((uint8,uint40,uint16,uint16,uint64,uint32))
func (sgxQuoteVerifier *SgxQuoteVerifier) PackMeasurement(mrenclave [32]byte) []byte {
	enc, err := sgxQuoteVerifier.abi.Pack("measurement", mrenclave)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackMeasurement is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd329cf88.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function measurement(bytes32 mrenclave) view returns((uint8,uint40,uint16,uint16,uint64,uint32))
func (sgxQuoteVerifier *SgxQuoteVerifier) TryPackMeasurement(mrenclave [32]byte) ([]byte, error) {
	return sgxQuoteVerifier.abi.Pack("measurement", mrenclave)
}

// UnpackMeasurement is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xd329cf88.
//
// Solidity: function measurement(bytes32 mrenclave) view returns((uint8,uint40,uint16,uint16,uint64,uint32))
func (sgxQuoteVerifier *SgxQuoteVerifier) UnpackMeasurement(data []byte) (IAttestationPolicyMeasurement, error) {
	out, err := sgxQuoteVerifier.abi.Unpack("measurement", data)
	if err != nil {
		return *new(IAttestationPolicyMeasurement), err
	}
	out0 := *abi.ConvertType(out[0], new(IAttestationPolicyMeasurement)).(*IAttestationPolicyMeasurement)
	return out0, nil
}

// PackMeasurementAt is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x9e3d7c31.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function measurementAt(uint256 index) view returns(bytes32 mrenclave, (uint8,uint40,uint16,uint16,uint64,uint32))
func (sgxQuoteVerifier *SgxQuoteVerifier) PackMeasurementAt(index *big.Int) []byte {
	enc, err := sgxQuoteVerifier.abi.Pack("measurementAt", index)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackMeasurementAt is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x9e3d7c31.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function measurementAt(uint256 index) view returns(bytes32 mrenclave, (uint8,uint40,uint16,uint16,uint64,uint32))
func (sgxQuoteVerifier *SgxQuoteVerifier) TryPackMeasurementAt(index *big.Int) ([]byte, error) {
	return sgxQuoteVerifier.abi.Pack("measurementAt", index)
}

// MeasurementAtOutput serves as a container for the return parameters of contract
// method MeasurementAt.
type MeasurementAtOutput struct {
	Mrenclave [32]byte
	Arg1      IAttestationPolicyMeasurement
}

// UnpackMeasurementAt is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x9e3d7c31.
//
// Solidity: function measurementAt(uint256 index) view returns(bytes32 mrenclave, (uint8,uint40,uint16,uint16,uint64,uint32))
func (sgxQuoteVerifier *SgxQuoteVerifier) UnpackMeasurementAt(data []byte) (MeasurementAtOutput, error) {
	out, err := sgxQuoteVerifier.abi.Unpack("measurementAt", data)
	outstruct := new(MeasurementAtOutput)
	if err != nil {
		return *outstruct, err
	}
	outstruct.Mrenclave = *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	outstruct.Arg1 = *abi.ConvertType(out[1], new(IAttestationPolicyMeasurement)).(*IAttestationPolicyMeasurement)
	return *outstruct, nil
}

// PackMeasurementCount is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x3cb5ffa5.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function measurementCount() view returns(uint256)
func (sgxQuoteVerifier *SgxQuoteVerifier) PackMeasurementCount() []byte {
	enc, err := sgxQuoteVerifier.abi.Pack("measurementCount")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackMeasurementCount is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x3cb5ffa5.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function measurementCount() view returns(uint256)
func (sgxQuoteVerifier *SgxQuoteVerifier) TryPackMeasurementCount() ([]byte, error) {
	return sgxQuoteVerifier.abi.Pack("measurementCount")
}

// UnpackMeasurementCount is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x3cb5ffa5.
//
// Solidity: function measurementCount() view returns(uint256)
func (sgxQuoteVerifier *SgxQuoteVerifier) UnpackMeasurementCount(data []byte) (*big.Int, error) {
	out, err := sgxQuoteVerifier.abi.Unpack("measurementCount", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackPlatform is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8b215071.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function platform(bytes32 id) view returns((uint32,bytes32,bytes6,bytes16,uint16,uint40,bool,uint40))
func (sgxQuoteVerifier *SgxQuoteVerifier) PackPlatform(id [32]byte) []byte {
	enc, err := sgxQuoteVerifier.abi.Pack("platform", id)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackPlatform is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8b215071.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function platform(bytes32 id) view returns((uint32,bytes32,bytes6,bytes16,uint16,uint40,bool,uint40))
func (sgxQuoteVerifier *SgxQuoteVerifier) TryPackPlatform(id [32]byte) ([]byte, error) {
	return sgxQuoteVerifier.abi.Pack("platform", id)
}

// UnpackPlatform is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x8b215071.
//
// Solidity: function platform(bytes32 id) view returns((uint32,bytes32,bytes6,bytes16,uint16,uint40,bool,uint40))
func (sgxQuoteVerifier *SgxQuoteVerifier) UnpackPlatform(data []byte) (ISgxQuoteVerifierPlatform, error) {
	out, err := sgxQuoteVerifier.abi.Unpack("platform", data)
	if err != nil {
		return *new(ISgxQuoteVerifierPlatform), err
	}
	out0 := *abi.ConvertType(out[0], new(ISgxQuoteVerifierPlatform)).(*ISgxQuoteVerifierPlatform)
	return out0, nil
}

// PackQeFloor is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf6daacfe.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function qeFloor() view returns(uint16)
func (sgxQuoteVerifier *SgxQuoteVerifier) PackQeFloor() []byte {
	enc, err := sgxQuoteVerifier.abi.Pack("qeFloor")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackQeFloor is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf6daacfe.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function qeFloor() view returns(uint16)
func (sgxQuoteVerifier *SgxQuoteVerifier) TryPackQeFloor() ([]byte, error) {
	return sgxQuoteVerifier.abi.Pack("qeFloor")
}

// UnpackQeFloor is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xf6daacfe.
//
// Solidity: function qeFloor() view returns(uint16)
func (sgxQuoteVerifier *SgxQuoteVerifier) UnpackQeFloor(data []byte) (uint16, error) {
	out, err := sgxQuoteVerifier.abi.Unpack("qeFloor", data)
	if err != nil {
		return *new(uint16), err
	}
	out0 := *abi.ConvertType(out[0], new(uint16)).(*uint16)
	return out0, nil
}

// PackRegisterPlatform is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x42348c56.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function registerPlatform(bytes certificate) returns(bytes32 id)
func (sgxQuoteVerifier *SgxQuoteVerifier) PackRegisterPlatform(certificate []byte) []byte {
	enc, err := sgxQuoteVerifier.abi.Pack("registerPlatform", certificate)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackRegisterPlatform is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x42348c56.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function registerPlatform(bytes certificate) returns(bytes32 id)
func (sgxQuoteVerifier *SgxQuoteVerifier) TryPackRegisterPlatform(certificate []byte) ([]byte, error) {
	return sgxQuoteVerifier.abi.Pack("registerPlatform", certificate)
}

// UnpackRegisterPlatform is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x42348c56.
//
// Solidity: function registerPlatform(bytes certificate) returns(bytes32 id)
func (sgxQuoteVerifier *SgxQuoteVerifier) UnpackRegisterPlatform(data []byte) ([32]byte, error) {
	out, err := sgxQuoteVerifier.abi.Unpack("registerPlatform", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackRevokeMachine is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x9be77853.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function revokeMachine(bytes32 machine) returns()
func (sgxQuoteVerifier *SgxQuoteVerifier) PackRevokeMachine(machine [32]byte) []byte {
	enc, err := sgxQuoteVerifier.abi.Pack("revokeMachine", machine)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackRevokeMachine is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x9be77853.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function revokeMachine(bytes32 machine) returns()
func (sgxQuoteVerifier *SgxQuoteVerifier) TryPackRevokeMachine(machine [32]byte) ([]byte, error) {
	return sgxQuoteVerifier.abi.Pack("revokeMachine", machine)
}

// PackRevokeMeasurement is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xcfcc75c5.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function revokeMeasurement(bytes32 mrenclave) returns()
func (sgxQuoteVerifier *SgxQuoteVerifier) PackRevokeMeasurement(mrenclave [32]byte) []byte {
	enc, err := sgxQuoteVerifier.abi.Pack("revokeMeasurement", mrenclave)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackRevokeMeasurement is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xcfcc75c5.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function revokeMeasurement(bytes32 mrenclave) returns()
func (sgxQuoteVerifier *SgxQuoteVerifier) TryPackRevokeMeasurement(mrenclave [32]byte) ([]byte, error) {
	return sgxQuoteVerifier.abi.Pack("revokeMeasurement", mrenclave)
}

// PackRevokePlatform is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf1a52469.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function revokePlatform(bytes32 id) returns()
func (sgxQuoteVerifier *SgxQuoteVerifier) PackRevokePlatform(id [32]byte) []byte {
	enc, err := sgxQuoteVerifier.abi.Pack("revokePlatform", id)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackRevokePlatform is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf1a52469.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function revokePlatform(bytes32 id) returns()
func (sgxQuoteVerifier *SgxQuoteVerifier) TryPackRevokePlatform(id [32]byte) ([]byte, error) {
	return sgxQuoteVerifier.abi.Pack("revokePlatform", id)
}

// PackSetFloor is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x53133978.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function setFloor(bytes6 fmspc, bytes16 componentSvns, uint16 pceSvn) returns()
func (sgxQuoteVerifier *SgxQuoteVerifier) PackSetFloor(fmspc [6]byte, componentSvns [16]byte, pceSvn uint16) []byte {
	enc, err := sgxQuoteVerifier.abi.Pack("setFloor", fmspc, componentSvns, pceSvn)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSetFloor is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x53133978.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function setFloor(bytes6 fmspc, bytes16 componentSvns, uint16 pceSvn) returns()
func (sgxQuoteVerifier *SgxQuoteVerifier) TryPackSetFloor(fmspc [6]byte, componentSvns [16]byte, pceSvn uint16) ([]byte, error) {
	return sgxQuoteVerifier.abi.Pack("setFloor", fmspc, componentSvns, pceSvn)
}

// PackSetGuardian is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8a0dac4a.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function setGuardian(address guardian_) returns()
func (sgxQuoteVerifier *SgxQuoteVerifier) PackSetGuardian(guardian common.Address) []byte {
	enc, err := sgxQuoteVerifier.abi.Pack("setGuardian", guardian)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSetGuardian is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8a0dac4a.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function setGuardian(address guardian_) returns()
func (sgxQuoteVerifier *SgxQuoteVerifier) TryPackSetGuardian(guardian common.Address) ([]byte, error) {
	return sgxQuoteVerifier.abi.Pack("setGuardian", guardian)
}

// PackSetQeFloor is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x1bac5bf7.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function setQeFloor(uint16 minIsvSvn) returns()
func (sgxQuoteVerifier *SgxQuoteVerifier) PackSetQeFloor(minIsvSvn uint16) []byte {
	enc, err := sgxQuoteVerifier.abi.Pack("setQeFloor", minIsvSvn)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSetQeFloor is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x1bac5bf7.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function setQeFloor(uint16 minIsvSvn) returns()
func (sgxQuoteVerifier *SgxQuoteVerifier) TryPackSetQeFloor(minIsvSvn uint16) ([]byte, error) {
	return sgxQuoteVerifier.abi.Pack("setQeFloor", minIsvSvn)
}

// PackStanding is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x24b90207.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function standing(uint16 measurementIndex, uint32 platformIndex) view returns(uint8, bool)
func (sgxQuoteVerifier *SgxQuoteVerifier) PackStanding(measurementIndex uint16, platformIndex uint32) []byte {
	enc, err := sgxQuoteVerifier.abi.Pack("standing", measurementIndex, platformIndex)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackStanding is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x24b90207.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function standing(uint16 measurementIndex, uint32 platformIndex) view returns(uint8, bool)
func (sgxQuoteVerifier *SgxQuoteVerifier) TryPackStanding(measurementIndex uint16, platformIndex uint32) ([]byte, error) {
	return sgxQuoteVerifier.abi.Pack("standing", measurementIndex, platformIndex)
}

// StandingOutput serves as a container for the return parameters of contract
// method Standing.
type StandingOutput struct {
	Arg0 uint8
	Arg1 bool
}

// UnpackStanding is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x24b90207.
//
// Solidity: function standing(uint16 measurementIndex, uint32 platformIndex) view returns(uint8, bool)
func (sgxQuoteVerifier *SgxQuoteVerifier) UnpackStanding(data []byte) (StandingOutput, error) {
	out, err := sgxQuoteVerifier.abi.Unpack("standing", data)
	outstruct := new(StandingOutput)
	if err != nil {
		return *outstruct, err
	}
	outstruct.Arg0 = *abi.ConvertType(out[0], new(uint8)).(*uint8)
	outstruct.Arg1 = *abi.ConvertType(out[1], new(bool)).(*bool)
	return *outstruct, nil
}

// PackVerifyQuote is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x1c2d5895.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function verifyQuote(bytes quote, bytes32 x, bytes32 y) view returns((uint16,uint32,uint40,bytes32,bytes32) v)
func (sgxQuoteVerifier *SgxQuoteVerifier) PackVerifyQuote(quote []byte, x [32]byte, y [32]byte) []byte {
	enc, err := sgxQuoteVerifier.abi.Pack("verifyQuote", quote, x, y)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackVerifyQuote is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x1c2d5895.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function verifyQuote(bytes quote, bytes32 x, bytes32 y) view returns((uint16,uint32,uint40,bytes32,bytes32) v)
func (sgxQuoteVerifier *SgxQuoteVerifier) TryPackVerifyQuote(quote []byte, x [32]byte, y [32]byte) ([]byte, error) {
	return sgxQuoteVerifier.abi.Pack("verifyQuote", quote, x, y)
}

// UnpackVerifyQuote is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x1c2d5895.
//
// Solidity: function verifyQuote(bytes quote, bytes32 x, bytes32 y) view returns((uint16,uint32,uint40,bytes32,bytes32) v)
func (sgxQuoteVerifier *SgxQuoteVerifier) UnpackVerifyQuote(data []byte) (ISgxQuoteVerifierVerified, error) {
	out, err := sgxQuoteVerifier.abi.Unpack("verifyQuote", data)
	if err != nil {
		return *new(ISgxQuoteVerifierVerified), err
	}
	out0 := *abi.ConvertType(out[0], new(ISgxQuoteVerifierVerified)).(*ISgxQuoteVerifierVerified)
	return out0, nil
}

// SgxQuoteVerifierFloorChanged represents a FloorChanged event raised by the SgxQuoteVerifier contract.
type SgxQuoteVerifierFloorChanged struct {
	Fmspc         [6]byte
	ComponentSvns [16]byte
	PceSvn        uint16
	Raw           *types.Log // Blockchain specific contextual infos
}

const SgxQuoteVerifierFloorChangedEventName = "FloorChanged"

// ContractEventName returns the user-defined event name.
func (SgxQuoteVerifierFloorChanged) ContractEventName() string {
	return SgxQuoteVerifierFloorChangedEventName
}

// UnpackFloorChangedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event FloorChanged(bytes6 indexed fmspc, bytes16 componentSvns, uint16 pceSvn)
func (sgxQuoteVerifier *SgxQuoteVerifier) UnpackFloorChangedEvent(log *types.Log) (*SgxQuoteVerifierFloorChanged, error) {
	event := "FloorChanged"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != sgxQuoteVerifier.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(SgxQuoteVerifierFloorChanged)
	if len(log.Data) > 0 {
		if err := sgxQuoteVerifier.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range sgxQuoteVerifier.abi.Events[event].Inputs {
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

// SgxQuoteVerifierGuardianChanged represents a GuardianChanged event raised by the SgxQuoteVerifier contract.
type SgxQuoteVerifierGuardianChanged struct {
	Guardian common.Address
	Raw      *types.Log // Blockchain specific contextual infos
}

const SgxQuoteVerifierGuardianChangedEventName = "GuardianChanged"

// ContractEventName returns the user-defined event name.
func (SgxQuoteVerifierGuardianChanged) ContractEventName() string {
	return SgxQuoteVerifierGuardianChangedEventName
}

// UnpackGuardianChangedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event GuardianChanged(address guardian)
func (sgxQuoteVerifier *SgxQuoteVerifier) UnpackGuardianChangedEvent(log *types.Log) (*SgxQuoteVerifierGuardianChanged, error) {
	event := "GuardianChanged"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != sgxQuoteVerifier.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(SgxQuoteVerifierGuardianChanged)
	if len(log.Data) > 0 {
		if err := sgxQuoteVerifier.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range sgxQuoteVerifier.abi.Events[event].Inputs {
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

// SgxQuoteVerifierMachineRevoked represents a MachineRevoked event raised by the SgxQuoteVerifier contract.
type SgxQuoteVerifierMachineRevoked struct {
	Machine [32]byte
	Raw     *types.Log // Blockchain specific contextual infos
}

const SgxQuoteVerifierMachineRevokedEventName = "MachineRevoked"

// ContractEventName returns the user-defined event name.
func (SgxQuoteVerifierMachineRevoked) ContractEventName() string {
	return SgxQuoteVerifierMachineRevokedEventName
}

// UnpackMachineRevokedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event MachineRevoked(bytes32 indexed machine)
func (sgxQuoteVerifier *SgxQuoteVerifier) UnpackMachineRevokedEvent(log *types.Log) (*SgxQuoteVerifierMachineRevoked, error) {
	event := "MachineRevoked"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != sgxQuoteVerifier.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(SgxQuoteVerifierMachineRevoked)
	if len(log.Data) > 0 {
		if err := sgxQuoteVerifier.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range sgxQuoteVerifier.abi.Events[event].Inputs {
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

// SgxQuoteVerifierMeasurementChanged represents a MeasurementChanged event raised by the SgxQuoteVerifier contract.
type SgxQuoteVerifierMeasurementChanged struct {
	Mrenclave   [32]byte
	Status      uint8
	Measurement IAttestationPolicyMeasurement
	Raw         *types.Log // Blockchain specific contextual infos
}

const SgxQuoteVerifierMeasurementChangedEventName = "MeasurementChanged"

// ContractEventName returns the user-defined event name.
func (SgxQuoteVerifierMeasurementChanged) ContractEventName() string {
	return SgxQuoteVerifierMeasurementChangedEventName
}

// UnpackMeasurementChangedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event MeasurementChanged(bytes32 indexed mrenclave, uint8 status, (uint8,uint40,uint16,uint16,uint64,uint32) measurement)
func (sgxQuoteVerifier *SgxQuoteVerifier) UnpackMeasurementChangedEvent(log *types.Log) (*SgxQuoteVerifierMeasurementChanged, error) {
	event := "MeasurementChanged"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != sgxQuoteVerifier.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(SgxQuoteVerifierMeasurementChanged)
	if len(log.Data) > 0 {
		if err := sgxQuoteVerifier.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range sgxQuoteVerifier.abi.Events[event].Inputs {
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

// SgxQuoteVerifierPlatformRegistered represents a PlatformRegistered event raised by the SgxQuoteVerifier contract.
type SgxQuoteVerifierPlatformRegistered struct {
	Index       uint32
	Platform    [32]byte
	Machine     [32]byte
	Certificate []byte
	Raw         *types.Log // Blockchain specific contextual infos
}

const SgxQuoteVerifierPlatformRegisteredEventName = "PlatformRegistered"

// ContractEventName returns the user-defined event name.
func (SgxQuoteVerifierPlatformRegistered) ContractEventName() string {
	return SgxQuoteVerifierPlatformRegisteredEventName
}

// UnpackPlatformRegisteredEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event PlatformRegistered(uint32 indexed index, bytes32 indexed platform, bytes32 indexed machine, bytes certificate)
func (sgxQuoteVerifier *SgxQuoteVerifier) UnpackPlatformRegisteredEvent(log *types.Log) (*SgxQuoteVerifierPlatformRegistered, error) {
	event := "PlatformRegistered"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != sgxQuoteVerifier.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(SgxQuoteVerifierPlatformRegistered)
	if len(log.Data) > 0 {
		if err := sgxQuoteVerifier.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range sgxQuoteVerifier.abi.Events[event].Inputs {
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

// SgxQuoteVerifierPlatformRevoked represents a PlatformRevoked event raised by the SgxQuoteVerifier contract.
type SgxQuoteVerifierPlatformRevoked struct {
	Index   uint32
	Machine [32]byte
	Raw     *types.Log // Blockchain specific contextual infos
}

const SgxQuoteVerifierPlatformRevokedEventName = "PlatformRevoked"

// ContractEventName returns the user-defined event name.
func (SgxQuoteVerifierPlatformRevoked) ContractEventName() string {
	return SgxQuoteVerifierPlatformRevokedEventName
}

// UnpackPlatformRevokedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event PlatformRevoked(uint32 indexed index, bytes32 indexed machine)
func (sgxQuoteVerifier *SgxQuoteVerifier) UnpackPlatformRevokedEvent(log *types.Log) (*SgxQuoteVerifierPlatformRevoked, error) {
	event := "PlatformRevoked"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != sgxQuoteVerifier.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(SgxQuoteVerifierPlatformRevoked)
	if len(log.Data) > 0 {
		if err := sgxQuoteVerifier.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range sgxQuoteVerifier.abi.Events[event].Inputs {
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

// SgxQuoteVerifierQeFloorChanged represents a QeFloorChanged event raised by the SgxQuoteVerifier contract.
type SgxQuoteVerifierQeFloorChanged struct {
	MinIsvSvn uint16
	Raw       *types.Log // Blockchain specific contextual infos
}

const SgxQuoteVerifierQeFloorChangedEventName = "QeFloorChanged"

// ContractEventName returns the user-defined event name.
func (SgxQuoteVerifierQeFloorChanged) ContractEventName() string {
	return SgxQuoteVerifierQeFloorChangedEventName
}

// UnpackQeFloorChangedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event QeFloorChanged(uint16 minIsvSvn)
func (sgxQuoteVerifier *SgxQuoteVerifier) UnpackQeFloorChangedEvent(log *types.Log) (*SgxQuoteVerifierQeFloorChanged, error) {
	event := "QeFloorChanged"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != sgxQuoteVerifier.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(SgxQuoteVerifierQeFloorChanged)
	if len(log.Data) > 0 {
		if err := sgxQuoteVerifier.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range sgxQuoteVerifier.abi.Events[event].Inputs {
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
func (sgxQuoteVerifier *SgxQuoteVerifier) UnpackError(raw []byte) (any, error) {
	if len(raw) < 4 {
		return nil, errors.New("revert data is shorter than an error's selector")
	}
	if bytes.Equal(raw[:4], sgxQuoteVerifier.abi.Errors["BadAttributes"].ID.Bytes()[:4]) {
		return sgxQuoteVerifier.UnpackBadAttributesError(raw[4:])
	}
	if bytes.Equal(raw[:4], sgxQuoteVerifier.abi.Errors["BadCertificate"].ID.Bytes()[:4]) {
		return sgxQuoteVerifier.UnpackBadCertificateError(raw[4:])
	}
	if bytes.Equal(raw[:4], sgxQuoteVerifier.abi.Errors["BadCertificateSignature"].ID.Bytes()[:4]) {
		return sgxQuoteVerifier.UnpackBadCertificateSignatureError(raw[4:])
	}
	if bytes.Equal(raw[:4], sgxQuoteVerifier.abi.Errors["BadQuote"].ID.Bytes()[:4]) {
		return sgxQuoteVerifier.UnpackBadQuoteError(raw[4:])
	}
	if bytes.Equal(raw[:4], sgxQuoteVerifier.abi.Errors["BadQuotingEnclave"].ID.Bytes()[:4]) {
		return sgxQuoteVerifier.UnpackBadQuotingEnclaveError(raw[4:])
	}
	if bytes.Equal(raw[:4], sgxQuoteVerifier.abi.Errors["BadSignature"].ID.Bytes()[:4]) {
		return sgxQuoteVerifier.UnpackBadSignatureError(raw[4:])
	}
	if bytes.Equal(raw[:4], sgxQuoteVerifier.abi.Errors["BelowFloor"].ID.Bytes()[:4]) {
		return sgxQuoteVerifier.UnpackBelowFloorError(raw[4:])
	}
	if bytes.Equal(raw[:4], sgxQuoteVerifier.abi.Errors["CertificateExpired"].ID.Bytes()[:4]) {
		return sgxQuoteVerifier.UnpackCertificateExpiredError(raw[4:])
	}
	if bytes.Equal(raw[:4], sgxQuoteVerifier.abi.Errors["DebugEnclave"].ID.Bytes()[:4]) {
		return sgxQuoteVerifier.UnpackDebugEnclaveError(raw[4:])
	}
	if bytes.Equal(raw[:4], sgxQuoteVerifier.abi.Errors["DelayTooShort"].ID.Bytes()[:4]) {
		return sgxQuoteVerifier.UnpackDelayTooShortError(raw[4:])
	}
	if bytes.Equal(raw[:4], sgxQuoteVerifier.abi.Errors["FloorLowered"].ID.Bytes()[:4]) {
		return sgxQuoteVerifier.UnpackFloorLoweredError(raw[4:])
	}
	if bytes.Equal(raw[:4], sgxQuoteVerifier.abi.Errors["MachineIsRevoked"].ID.Bytes()[:4]) {
		return sgxQuoteVerifier.UnpackMachineIsRevokedError(raw[4:])
	}
	if bytes.Equal(raw[:4], sgxQuoteVerifier.abi.Errors["MeasurementNotActive"].ID.Bytes()[:4]) {
		return sgxQuoteVerifier.UnpackMeasurementNotActiveError(raw[4:])
	}
	if bytes.Equal(raw[:4], sgxQuoteVerifier.abi.Errors["NotGovernance"].ID.Bytes()[:4]) {
		return sgxQuoteVerifier.UnpackNotGovernanceError(raw[4:])
	}
	if bytes.Equal(raw[:4], sgxQuoteVerifier.abi.Errors["NotGovernor"].ID.Bytes()[:4]) {
		return sgxQuoteVerifier.UnpackNotGovernorError(raw[4:])
	}
	if bytes.Equal(raw[:4], sgxQuoteVerifier.abi.Errors["NotIntelsKeys"].ID.Bytes()[:4]) {
		return sgxQuoteVerifier.UnpackNotIntelsKeysError(raw[4:])
	}
	if bytes.Equal(raw[:4], sgxQuoteVerifier.abi.Errors["PlatformIsRevoked"].ID.Bytes()[:4]) {
		return sgxQuoteVerifier.UnpackPlatformIsRevokedError(raw[4:])
	}
	if bytes.Equal(raw[:4], sgxQuoteVerifier.abi.Errors["QeFloorLowered"].ID.Bytes()[:4]) {
		return sgxQuoteVerifier.UnpackQeFloorLoweredError(raw[4:])
	}
	if bytes.Equal(raw[:4], sgxQuoteVerifier.abi.Errors["TooManyMeasurements"].ID.Bytes()[:4]) {
		return sgxQuoteVerifier.UnpackTooManyMeasurementsError(raw[4:])
	}
	if bytes.Equal(raw[:4], sgxQuoteVerifier.abi.Errors["TooManyPlatforms"].ID.Bytes()[:4]) {
		return sgxQuoteVerifier.UnpackTooManyPlatformsError(raw[4:])
	}
	if bytes.Equal(raw[:4], sgxQuoteVerifier.abi.Errors["UnknownPlatform"].ID.Bytes()[:4]) {
		return sgxQuoteVerifier.UnpackUnknownPlatformError(raw[4:])
	}
	if bytes.Equal(raw[:4], sgxQuoteVerifier.abi.Errors["WrongProduct"].ID.Bytes()[:4]) {
		return sgxQuoteVerifier.UnpackWrongProductError(raw[4:])
	}
	if bytes.Equal(raw[:4], sgxQuoteVerifier.abi.Errors["WrongStatus"].ID.Bytes()[:4]) {
		return sgxQuoteVerifier.UnpackWrongStatusError(raw[4:])
	}
	if bytes.Equal(raw[:4], sgxQuoteVerifier.abi.Errors["ZeroGuardian"].ID.Bytes()[:4]) {
		return sgxQuoteVerifier.UnpackZeroGuardianError(raw[4:])
	}
	if bytes.Equal(raw[:4], sgxQuoteVerifier.abi.Errors["ZeroMeasurement"].ID.Bytes()[:4]) {
		return sgxQuoteVerifier.UnpackZeroMeasurementError(raw[4:])
	}
	return nil, errors.New("unknown error")
}

// SgxQuoteVerifierBadAttributes represents a BadAttributes error raised by the SgxQuoteVerifier contract.
type SgxQuoteVerifierBadAttributes struct {
	Flags      uint64
	Xfrm       uint64
	MiscSelect uint32
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BadAttributes(uint64 flags, uint64 xfrm, uint32 miscSelect)
func SgxQuoteVerifierBadAttributesErrorID() common.Hash {
	return common.HexToHash("0x8a144c9a924898446fe0259918a6b3b94339816fadb5fcf68d5dea0d6b78f948")
}

// UnpackBadAttributesError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BadAttributes(uint64 flags, uint64 xfrm, uint32 miscSelect)
func (sgxQuoteVerifier *SgxQuoteVerifier) UnpackBadAttributesError(raw []byte) (*SgxQuoteVerifierBadAttributes, error) {
	out := new(SgxQuoteVerifierBadAttributes)
	if err := sgxQuoteVerifier.abi.UnpackIntoInterface(out, "BadAttributes", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SgxQuoteVerifierBadCertificate represents a BadCertificate error raised by the SgxQuoteVerifier contract.
type SgxQuoteVerifierBadCertificate struct {
	Offset *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BadCertificate(uint256 offset)
func SgxQuoteVerifierBadCertificateErrorID() common.Hash {
	return common.HexToHash("0x89f9bdbfd1f11b5280419873608c1c5b12e1300c6a3deab363237766ed603abd")
}

// UnpackBadCertificateError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BadCertificate(uint256 offset)
func (sgxQuoteVerifier *SgxQuoteVerifier) UnpackBadCertificateError(raw []byte) (*SgxQuoteVerifierBadCertificate, error) {
	out := new(SgxQuoteVerifierBadCertificate)
	if err := sgxQuoteVerifier.abi.UnpackIntoInterface(out, "BadCertificate", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SgxQuoteVerifierBadCertificateSignature represents a BadCertificateSignature error raised by the SgxQuoteVerifier contract.
type SgxQuoteVerifierBadCertificateSignature struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BadCertificateSignature()
func SgxQuoteVerifierBadCertificateSignatureErrorID() common.Hash {
	return common.HexToHash("0xc24fcdae77ae921f6a3c48ff325126627563c2645dfb130eedb775f2be747d1a")
}

// UnpackBadCertificateSignatureError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BadCertificateSignature()
func (sgxQuoteVerifier *SgxQuoteVerifier) UnpackBadCertificateSignatureError(raw []byte) (*SgxQuoteVerifierBadCertificateSignature, error) {
	out := new(SgxQuoteVerifierBadCertificateSignature)
	if err := sgxQuoteVerifier.abi.UnpackIntoInterface(out, "BadCertificateSignature", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SgxQuoteVerifierBadQuote represents a BadQuote error raised by the SgxQuoteVerifier contract.
type SgxQuoteVerifierBadQuote struct {
	Field string
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BadQuote(string field)
func SgxQuoteVerifierBadQuoteErrorID() common.Hash {
	return common.HexToHash("0xd079c0c6346d64ba91fd96c19ed0afeb7a226d94b48a473a9fdc46e8143a3238")
}

// UnpackBadQuoteError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BadQuote(string field)
func (sgxQuoteVerifier *SgxQuoteVerifier) UnpackBadQuoteError(raw []byte) (*SgxQuoteVerifierBadQuote, error) {
	out := new(SgxQuoteVerifierBadQuote)
	if err := sgxQuoteVerifier.abi.UnpackIntoInterface(out, "BadQuote", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SgxQuoteVerifierBadQuotingEnclave represents a BadQuotingEnclave error raised by the SgxQuoteVerifier contract.
type SgxQuoteVerifierBadQuotingEnclave struct {
	Field string
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BadQuotingEnclave(string field)
func SgxQuoteVerifierBadQuotingEnclaveErrorID() common.Hash {
	return common.HexToHash("0x2c470283d7354fe8c9ff6e21f4c00e36e2011b1d8c844fa989f93b27d75e35cb")
}

// UnpackBadQuotingEnclaveError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BadQuotingEnclave(string field)
func (sgxQuoteVerifier *SgxQuoteVerifier) UnpackBadQuotingEnclaveError(raw []byte) (*SgxQuoteVerifierBadQuotingEnclave, error) {
	out := new(SgxQuoteVerifierBadQuotingEnclave)
	if err := sgxQuoteVerifier.abi.UnpackIntoInterface(out, "BadQuotingEnclave", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SgxQuoteVerifierBadSignature represents a BadSignature error raised by the SgxQuoteVerifier contract.
type SgxQuoteVerifierBadSignature struct {
	Signed string
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BadSignature(string signed)
func SgxQuoteVerifierBadSignatureErrorID() common.Hash {
	return common.HexToHash("0xc642adb5d25889b4e33b21b65cb727f81dd1fc9903fe442e66263c1fbab9f105")
}

// UnpackBadSignatureError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BadSignature(string signed)
func (sgxQuoteVerifier *SgxQuoteVerifier) UnpackBadSignatureError(raw []byte) (*SgxQuoteVerifierBadSignature, error) {
	out := new(SgxQuoteVerifierBadSignature)
	if err := sgxQuoteVerifier.abi.UnpackIntoInterface(out, "BadSignature", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SgxQuoteVerifierBelowFloor represents a BelowFloor error raised by the SgxQuoteVerifier contract.
type SgxQuoteVerifierBelowFloor struct {
	Fmspc [6]byte
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BelowFloor(bytes6 fmspc)
func SgxQuoteVerifierBelowFloorErrorID() common.Hash {
	return common.HexToHash("0x80e6a854872ff62639ecc910a5aa0ce3f6249b23005185ef451510d74f6e3f0c")
}

// UnpackBelowFloorError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BelowFloor(bytes6 fmspc)
func (sgxQuoteVerifier *SgxQuoteVerifier) UnpackBelowFloorError(raw []byte) (*SgxQuoteVerifierBelowFloor, error) {
	out := new(SgxQuoteVerifierBelowFloor)
	if err := sgxQuoteVerifier.abi.UnpackIntoInterface(out, "BelowFloor", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SgxQuoteVerifierCertificateExpired represents a CertificateExpired error raised by the SgxQuoteVerifier contract.
type SgxQuoteVerifierCertificateExpired struct {
	NotAfter *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error CertificateExpired(uint40 notAfter)
func SgxQuoteVerifierCertificateExpiredErrorID() common.Hash {
	return common.HexToHash("0xfd24032581de1e3766f79015b7a9c9bd12c36f7fe96aa738cd77e3453fc19f06")
}

// UnpackCertificateExpiredError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error CertificateExpired(uint40 notAfter)
func (sgxQuoteVerifier *SgxQuoteVerifier) UnpackCertificateExpiredError(raw []byte) (*SgxQuoteVerifierCertificateExpired, error) {
	out := new(SgxQuoteVerifierCertificateExpired)
	if err := sgxQuoteVerifier.abi.UnpackIntoInterface(out, "CertificateExpired", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SgxQuoteVerifierDebugEnclave represents a DebugEnclave error raised by the SgxQuoteVerifier contract.
type SgxQuoteVerifierDebugEnclave struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error DebugEnclave()
func SgxQuoteVerifierDebugEnclaveErrorID() common.Hash {
	return common.HexToHash("0x8f859312690cf47b3ccfcdae82bd1fdd1b08abba3431aae8ad37a92015cbb6ad")
}

// UnpackDebugEnclaveError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error DebugEnclave()
func (sgxQuoteVerifier *SgxQuoteVerifier) UnpackDebugEnclaveError(raw []byte) (*SgxQuoteVerifierDebugEnclave, error) {
	out := new(SgxQuoteVerifierDebugEnclave)
	if err := sgxQuoteVerifier.abi.UnpackIntoInterface(out, "DebugEnclave", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SgxQuoteVerifierDelayTooShort represents a DelayTooShort error raised by the SgxQuoteVerifier contract.
type SgxQuoteVerifierDelayTooShort struct {
	Delay   *big.Int
	Minimum *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error DelayTooShort(uint256 delay, uint256 minimum)
func SgxQuoteVerifierDelayTooShortErrorID() common.Hash {
	return common.HexToHash("0xd6ef4a310c6975f29f9dcc4a67ede2f7e8459e114ba5a5e569e1d65c8ea1d7f4")
}

// UnpackDelayTooShortError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error DelayTooShort(uint256 delay, uint256 minimum)
func (sgxQuoteVerifier *SgxQuoteVerifier) UnpackDelayTooShortError(raw []byte) (*SgxQuoteVerifierDelayTooShort, error) {
	out := new(SgxQuoteVerifierDelayTooShort)
	if err := sgxQuoteVerifier.abi.UnpackIntoInterface(out, "DelayTooShort", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SgxQuoteVerifierFloorLowered represents a FloorLowered error raised by the SgxQuoteVerifier contract.
type SgxQuoteVerifierFloorLowered struct {
	Fmspc [6]byte
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error FloorLowered(bytes6 fmspc)
func SgxQuoteVerifierFloorLoweredErrorID() common.Hash {
	return common.HexToHash("0xb4d07c77e7bf47a9461ba85f03ef9618a444402286890540cf501d1d21a21548")
}

// UnpackFloorLoweredError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error FloorLowered(bytes6 fmspc)
func (sgxQuoteVerifier *SgxQuoteVerifier) UnpackFloorLoweredError(raw []byte) (*SgxQuoteVerifierFloorLowered, error) {
	out := new(SgxQuoteVerifierFloorLowered)
	if err := sgxQuoteVerifier.abi.UnpackIntoInterface(out, "FloorLowered", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SgxQuoteVerifierMachineIsRevoked represents a MachineIsRevoked error raised by the SgxQuoteVerifier contract.
type SgxQuoteVerifierMachineIsRevoked struct {
	Machine [32]byte
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error MachineIsRevoked(bytes32 machine)
func SgxQuoteVerifierMachineIsRevokedErrorID() common.Hash {
	return common.HexToHash("0x503a2a16e7113d1d5b98e39a32b26122d4648d8d6b62ff210c1c31ed5c53190b")
}

// UnpackMachineIsRevokedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error MachineIsRevoked(bytes32 machine)
func (sgxQuoteVerifier *SgxQuoteVerifier) UnpackMachineIsRevokedError(raw []byte) (*SgxQuoteVerifierMachineIsRevoked, error) {
	out := new(SgxQuoteVerifierMachineIsRevoked)
	if err := sgxQuoteVerifier.abi.UnpackIntoInterface(out, "MachineIsRevoked", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SgxQuoteVerifierMeasurementNotActive represents a MeasurementNotActive error raised by the SgxQuoteVerifier contract.
type SgxQuoteVerifierMeasurementNotActive struct {
	Mrenclave [32]byte
	Status    uint8
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error MeasurementNotActive(bytes32 mrenclave, uint8 status)
func SgxQuoteVerifierMeasurementNotActiveErrorID() common.Hash {
	return common.HexToHash("0x91193c7a706f92cd77456559f96294f115e5ae0534f0b76c70577041e370ae1e")
}

// UnpackMeasurementNotActiveError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error MeasurementNotActive(bytes32 mrenclave, uint8 status)
func (sgxQuoteVerifier *SgxQuoteVerifier) UnpackMeasurementNotActiveError(raw []byte) (*SgxQuoteVerifierMeasurementNotActive, error) {
	out := new(SgxQuoteVerifierMeasurementNotActive)
	if err := sgxQuoteVerifier.abi.UnpackIntoInterface(out, "MeasurementNotActive", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SgxQuoteVerifierNotGovernance represents a NotGovernance error raised by the SgxQuoteVerifier contract.
type SgxQuoteVerifierNotGovernance struct {
	Caller common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotGovernance(address caller)
func SgxQuoteVerifierNotGovernanceErrorID() common.Hash {
	return common.HexToHash("0x988d1f034409fa6034c96c7a747f1aface3c57af045046793082b71a663c0040")
}

// UnpackNotGovernanceError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotGovernance(address caller)
func (sgxQuoteVerifier *SgxQuoteVerifier) UnpackNotGovernanceError(raw []byte) (*SgxQuoteVerifierNotGovernance, error) {
	out := new(SgxQuoteVerifierNotGovernance)
	if err := sgxQuoteVerifier.abi.UnpackIntoInterface(out, "NotGovernance", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SgxQuoteVerifierNotGovernor represents a NotGovernor error raised by the SgxQuoteVerifier contract.
type SgxQuoteVerifierNotGovernor struct {
	Caller common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotGovernor(address caller)
func SgxQuoteVerifierNotGovernorErrorID() common.Hash {
	return common.HexToHash("0xad0550d5f64f904d6845e2da1145f7625e411009b26be2bd68f5c8a432c0b075")
}

// UnpackNotGovernorError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotGovernor(address caller)
func (sgxQuoteVerifier *SgxQuoteVerifier) UnpackNotGovernorError(raw []byte) (*SgxQuoteVerifierNotGovernor, error) {
	out := new(SgxQuoteVerifierNotGovernor)
	if err := sgxQuoteVerifier.abi.UnpackIntoInterface(out, "NotGovernor", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SgxQuoteVerifierNotIntelsKeys represents a NotIntelsKeys error raised by the SgxQuoteVerifier contract.
type SgxQuoteVerifierNotIntelsKeys struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotIntelsKeys()
func SgxQuoteVerifierNotIntelsKeysErrorID() common.Hash {
	return common.HexToHash("0x2d9ee8d89233d45588d0157dc8131ca2c4c13e13e43e84406707e49e49096cb8")
}

// UnpackNotIntelsKeysError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotIntelsKeys()
func (sgxQuoteVerifier *SgxQuoteVerifier) UnpackNotIntelsKeysError(raw []byte) (*SgxQuoteVerifierNotIntelsKeys, error) {
	out := new(SgxQuoteVerifierNotIntelsKeys)
	if err := sgxQuoteVerifier.abi.UnpackIntoInterface(out, "NotIntelsKeys", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SgxQuoteVerifierPlatformIsRevoked represents a PlatformIsRevoked error raised by the SgxQuoteVerifier contract.
type SgxQuoteVerifierPlatformIsRevoked struct {
	Platform [32]byte
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error PlatformIsRevoked(bytes32 platform)
func SgxQuoteVerifierPlatformIsRevokedErrorID() common.Hash {
	return common.HexToHash("0x5690c93b22c80b8c131596335457f4738d21a335539d5f9ee392e21e3f3b55d1")
}

// UnpackPlatformIsRevokedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error PlatformIsRevoked(bytes32 platform)
func (sgxQuoteVerifier *SgxQuoteVerifier) UnpackPlatformIsRevokedError(raw []byte) (*SgxQuoteVerifierPlatformIsRevoked, error) {
	out := new(SgxQuoteVerifierPlatformIsRevoked)
	if err := sgxQuoteVerifier.abi.UnpackIntoInterface(out, "PlatformIsRevoked", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SgxQuoteVerifierQeFloorLowered represents a QeFloorLowered error raised by the SgxQuoteVerifier contract.
type SgxQuoteVerifierQeFloorLowered struct {
	MinIsvSvn uint16
	Current   uint16
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error QeFloorLowered(uint16 minIsvSvn, uint16 current)
func SgxQuoteVerifierQeFloorLoweredErrorID() common.Hash {
	return common.HexToHash("0x4ac1ff0d77f89bc9ea25a375dd0f3a6f5eb18c9a575e479f6bf3d7f1b8912b79")
}

// UnpackQeFloorLoweredError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error QeFloorLowered(uint16 minIsvSvn, uint16 current)
func (sgxQuoteVerifier *SgxQuoteVerifier) UnpackQeFloorLoweredError(raw []byte) (*SgxQuoteVerifierQeFloorLowered, error) {
	out := new(SgxQuoteVerifierQeFloorLowered)
	if err := sgxQuoteVerifier.abi.UnpackIntoInterface(out, "QeFloorLowered", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SgxQuoteVerifierTooManyMeasurements represents a TooManyMeasurements error raised by the SgxQuoteVerifier contract.
type SgxQuoteVerifierTooManyMeasurements struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error TooManyMeasurements()
func SgxQuoteVerifierTooManyMeasurementsErrorID() common.Hash {
	return common.HexToHash("0x00e001ebbeb5910d7f260115c65395f8fa5c8fc5c085df01edd89688da02b56a")
}

// UnpackTooManyMeasurementsError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error TooManyMeasurements()
func (sgxQuoteVerifier *SgxQuoteVerifier) UnpackTooManyMeasurementsError(raw []byte) (*SgxQuoteVerifierTooManyMeasurements, error) {
	out := new(SgxQuoteVerifierTooManyMeasurements)
	if err := sgxQuoteVerifier.abi.UnpackIntoInterface(out, "TooManyMeasurements", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SgxQuoteVerifierTooManyPlatforms represents a TooManyPlatforms error raised by the SgxQuoteVerifier contract.
type SgxQuoteVerifierTooManyPlatforms struct {
	Machine [32]byte
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error TooManyPlatforms(bytes32 machine)
func SgxQuoteVerifierTooManyPlatformsErrorID() common.Hash {
	return common.HexToHash("0x609cbddbf930b7f5eae1078e14491042f4413249efb5dae6fad7572d4314e703")
}

// UnpackTooManyPlatformsError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error TooManyPlatforms(bytes32 machine)
func (sgxQuoteVerifier *SgxQuoteVerifier) UnpackTooManyPlatformsError(raw []byte) (*SgxQuoteVerifierTooManyPlatforms, error) {
	out := new(SgxQuoteVerifierTooManyPlatforms)
	if err := sgxQuoteVerifier.abi.UnpackIntoInterface(out, "TooManyPlatforms", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SgxQuoteVerifierUnknownPlatform represents a UnknownPlatform error raised by the SgxQuoteVerifier contract.
type SgxQuoteVerifierUnknownPlatform struct {
	Platform [32]byte
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error UnknownPlatform(bytes32 platform)
func SgxQuoteVerifierUnknownPlatformErrorID() common.Hash {
	return common.HexToHash("0x13f6864d0abbbc693291f131e91352ef3649bca40c33806882c57a373d103d14")
}

// UnpackUnknownPlatformError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error UnknownPlatform(bytes32 platform)
func (sgxQuoteVerifier *SgxQuoteVerifier) UnpackUnknownPlatformError(raw []byte) (*SgxQuoteVerifierUnknownPlatform, error) {
	out := new(SgxQuoteVerifierUnknownPlatform)
	if err := sgxQuoteVerifier.abi.UnpackIntoInterface(out, "UnknownPlatform", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SgxQuoteVerifierWrongProduct represents a WrongProduct error raised by the SgxQuoteVerifier contract.
type SgxQuoteVerifierWrongProduct struct {
	IsvProdId uint16
	IsvSvn    uint16
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error WrongProduct(uint16 isvProdId, uint16 isvSvn)
func SgxQuoteVerifierWrongProductErrorID() common.Hash {
	return common.HexToHash("0x0420e41ce533c01fb0ee1ff9de1e63081b0699799963856862ccc1441b59797d")
}

// UnpackWrongProductError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error WrongProduct(uint16 isvProdId, uint16 isvSvn)
func (sgxQuoteVerifier *SgxQuoteVerifier) UnpackWrongProductError(raw []byte) (*SgxQuoteVerifierWrongProduct, error) {
	out := new(SgxQuoteVerifierWrongProduct)
	if err := sgxQuoteVerifier.abi.UnpackIntoInterface(out, "WrongProduct", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SgxQuoteVerifierWrongStatus represents a WrongStatus error raised by the SgxQuoteVerifier contract.
type SgxQuoteVerifierWrongStatus struct {
	Mrenclave [32]byte
	Status    uint8
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error WrongStatus(bytes32 mrenclave, uint8 status)
func SgxQuoteVerifierWrongStatusErrorID() common.Hash {
	return common.HexToHash("0x9d81974470eb5e30f285b1055c396a387d885a43a0fb39f84dcb3764cbc907a1")
}

// UnpackWrongStatusError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error WrongStatus(bytes32 mrenclave, uint8 status)
func (sgxQuoteVerifier *SgxQuoteVerifier) UnpackWrongStatusError(raw []byte) (*SgxQuoteVerifierWrongStatus, error) {
	out := new(SgxQuoteVerifierWrongStatus)
	if err := sgxQuoteVerifier.abi.UnpackIntoInterface(out, "WrongStatus", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SgxQuoteVerifierZeroGuardian represents a ZeroGuardian error raised by the SgxQuoteVerifier contract.
type SgxQuoteVerifierZeroGuardian struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ZeroGuardian()
func SgxQuoteVerifierZeroGuardianErrorID() common.Hash {
	return common.HexToHash("0xa91f6a89ac0a9af894d97f5a6d57fd596f27be7a40041c66cdebd73ff652f451")
}

// UnpackZeroGuardianError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ZeroGuardian()
func (sgxQuoteVerifier *SgxQuoteVerifier) UnpackZeroGuardianError(raw []byte) (*SgxQuoteVerifierZeroGuardian, error) {
	out := new(SgxQuoteVerifierZeroGuardian)
	if err := sgxQuoteVerifier.abi.UnpackIntoInterface(out, "ZeroGuardian", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SgxQuoteVerifierZeroMeasurement represents a ZeroMeasurement error raised by the SgxQuoteVerifier contract.
type SgxQuoteVerifierZeroMeasurement struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ZeroMeasurement()
func SgxQuoteVerifierZeroMeasurementErrorID() common.Hash {
	return common.HexToHash("0x8724bce58c6dd5c757ce7d775f169e97c5f49b63cdbf2ec43580a767e694668c")
}

// UnpackZeroMeasurementError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ZeroMeasurement()
func (sgxQuoteVerifier *SgxQuoteVerifier) UnpackZeroMeasurementError(raw []byte) (*SgxQuoteVerifierZeroMeasurement, error) {
	out := new(SgxQuoteVerifierZeroMeasurement)
	if err := sgxQuoteVerifier.abi.UnpackIntoInterface(out, "ZeroMeasurement", raw); err != nil {
		return nil, err
	}
	return out, nil
}
