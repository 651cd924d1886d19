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
	Platform       *big.Int
	RegisteredAt   uint32
	ReportDataLow  [32]byte
	ReportDataHigh [32]byte
}

// SgxQuoteVerifierMetaData contains all meta data concerning the SgxQuoteVerifier contract.
var SgxQuoteVerifierMetaData = bind.MetaData{
	ABI: "[{\"type\":\"constructor\",\"inputs\":[{\"name\":\"platformCa\",\"type\":\"bytes32[2]\",\"internalType\":\"bytes32[2]\"},{\"name\":\"processorCa\",\"type\":\"bytes32[2]\",\"internalType\":\"bytes32[2]\"},{\"name\":\"governor_\",\"type\":\"address\",\"internalType\":\"contractTimelockController\"},{\"name\":\"guardian_\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"qeFloor_\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"registry_\",\"type\":\"address\",\"internalType\":\"address\"}],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"MAX_PLATFORMS_PER_MACHINE\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"MIN_DELAY\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"addMeasurement\",\"inputs\":[{\"name\":\"mrenclave\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"isvProdId\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"minIsvSvn\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"xfrmAllowed\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"miscAllowed\",\"type\":\"uint32\",\"internalType\":\"uint32\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"checkQuote\",\"inputs\":[{\"name\":\"quote\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"x\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"y\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[{\"name\":\"\",\"type\":\"tuple\",\"internalType\":\"structISgxQuoteVerifier.Report\",\"components\":[{\"name\":\"mrenclave\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"mrsigner\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"flags\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"xfrm\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"miscSelect\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"isvProdId\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"isvSvn\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"reportDataLow\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"reportDataHigh\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"deprecateMeasurement\",\"inputs\":[{\"name\":\"mrenclave\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"floorOf\",\"inputs\":[{\"name\":\"fmspc\",\"type\":\"bytes6\",\"internalType\":\"bytes6\"}],\"outputs\":[{\"name\":\"\",\"type\":\"tuple\",\"internalType\":\"structIAttestationPolicy.Floor\",\"components\":[{\"name\":\"known\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"pceSvn\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"componentSvns\",\"type\":\"bytes16\",\"internalType\":\"bytes16\"}]}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"governor\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"address\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"guardian\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"address\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"machineOf\",\"inputs\":[{\"name\":\"index\",\"type\":\"uint32\",\"internalType\":\"uint32\"}],\"outputs\":[{\"name\":\"\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"machineRevoked\",\"inputs\":[{\"name\":\"machine\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[{\"name\":\"\",\"type\":\"bool\",\"internalType\":\"bool\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"measurement\",\"inputs\":[{\"name\":\"mrenclave\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[{\"name\":\"\",\"type\":\"tuple\",\"internalType\":\"structIAttestationPolicy.Measurement\",\"components\":[{\"name\":\"status\",\"type\":\"uint8\",\"internalType\":\"enumIAttestationPolicy.Status\"},{\"name\":\"since\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"isvProdId\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"minIsvSvn\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"xfrmAllowed\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"miscAllowed\",\"type\":\"uint32\",\"internalType\":\"uint32\"}]}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"measurementAt\",\"inputs\":[{\"name\":\"index\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[{\"name\":\"mrenclave\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"\",\"type\":\"tuple\",\"internalType\":\"structIAttestationPolicy.Measurement\",\"components\":[{\"name\":\"status\",\"type\":\"uint8\",\"internalType\":\"enumIAttestationPolicy.Status\"},{\"name\":\"since\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"isvProdId\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"minIsvSvn\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"xfrmAllowed\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"miscAllowed\",\"type\":\"uint32\",\"internalType\":\"uint32\"}]}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"measurementCount\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"platform\",\"inputs\":[{\"name\":\"id\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[{\"name\":\"\",\"type\":\"tuple\",\"internalType\":\"structISgxQuoteVerifier.Platform\",\"components\":[{\"name\":\"index\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"machine\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"fmspc\",\"type\":\"bytes6\",\"internalType\":\"bytes6\"},{\"name\":\"componentSvns\",\"type\":\"bytes16\",\"internalType\":\"bytes16\"},{\"name\":\"pceSvn\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"notAfter\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"revoked\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"registeredAt\",\"type\":\"uint40\",\"internalType\":\"uint40\"}]}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"qeFloor\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint16\",\"internalType\":\"uint16\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"registerPlatform\",\"inputs\":[{\"name\":\"certificate\",\"type\":\"bytes\",\"internalType\":\"bytes\"}],\"outputs\":[{\"name\":\"id\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"registry\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"address\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"revokeMachine\",\"inputs\":[{\"name\":\"machine\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"revokeMeasurement\",\"inputs\":[{\"name\":\"mrenclave\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"revokePlatform\",\"inputs\":[{\"name\":\"id\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"setFloor\",\"inputs\":[{\"name\":\"fmspc\",\"type\":\"bytes6\",\"internalType\":\"bytes6\"},{\"name\":\"componentSvns\",\"type\":\"bytes16\",\"internalType\":\"bytes16\"},{\"name\":\"pceSvn\",\"type\":\"uint16\",\"internalType\":\"uint16\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"setGuardian\",\"inputs\":[{\"name\":\"guardian_\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"setQeFloor\",\"inputs\":[{\"name\":\"minIsvSvn\",\"type\":\"uint16\",\"internalType\":\"uint16\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"standing\",\"inputs\":[{\"name\":\"measurementIndex\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"platformIndex\",\"type\":\"uint32\",\"internalType\":\"uint32\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint8\",\"internalType\":\"enumIAttestationPolicy.Status\"},{\"name\":\"\",\"type\":\"bool\",\"internalType\":\"bool\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"verifyQuote\",\"inputs\":[{\"name\":\"quote\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"x\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"y\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[{\"name\":\"v\",\"type\":\"tuple\",\"internalType\":\"structISgxQuoteVerifier.Verified\",\"components\":[{\"name\":\"measurement\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"platform\",\"type\":\"uint24\",\"internalType\":\"uint24\"},{\"name\":\"registeredAt\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"reportDataLow\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"reportDataHigh\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]}],\"stateMutability\":\"view\"},{\"type\":\"event\",\"name\":\"FloorChanged\",\"inputs\":[{\"name\":\"fmspc\",\"type\":\"bytes6\",\"indexed\":true,\"internalType\":\"bytes6\"},{\"name\":\"componentSvns\",\"type\":\"bytes16\",\"indexed\":false,\"internalType\":\"bytes16\"},{\"name\":\"pceSvn\",\"type\":\"uint16\",\"indexed\":false,\"internalType\":\"uint16\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"GuardianChanged\",\"inputs\":[{\"name\":\"guardian\",\"type\":\"address\",\"indexed\":false,\"internalType\":\"address\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"MachineRevoked\",\"inputs\":[{\"name\":\"machine\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"MeasurementChanged\",\"inputs\":[{\"name\":\"mrenclave\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"status\",\"type\":\"uint8\",\"indexed\":false,\"internalType\":\"enumIAttestationPolicy.Status\"},{\"name\":\"measurement\",\"type\":\"tuple\",\"indexed\":false,\"internalType\":\"structIAttestationPolicy.Measurement\",\"components\":[{\"name\":\"status\",\"type\":\"uint8\",\"internalType\":\"enumIAttestationPolicy.Status\"},{\"name\":\"since\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"isvProdId\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"minIsvSvn\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"xfrmAllowed\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"miscAllowed\",\"type\":\"uint32\",\"internalType\":\"uint32\"}]}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"PlatformRegistered\",\"inputs\":[{\"name\":\"index\",\"type\":\"uint32\",\"indexed\":true,\"internalType\":\"uint32\"},{\"name\":\"platform\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"machine\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"certificate\",\"type\":\"bytes\",\"indexed\":false,\"internalType\":\"bytes\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"PlatformRevoked\",\"inputs\":[{\"name\":\"index\",\"type\":\"uint32\",\"indexed\":true,\"internalType\":\"uint32\"},{\"name\":\"machine\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"QeFloorChanged\",\"inputs\":[{\"name\":\"minIsvSvn\",\"type\":\"uint16\",\"indexed\":false,\"internalType\":\"uint16\"}],\"anonymous\":false},{\"type\":\"error\",\"name\":\"BadAttributes\",\"inputs\":[{\"name\":\"flags\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"xfrm\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"miscSelect\",\"type\":\"uint32\",\"internalType\":\"uint32\"}]},{\"type\":\"error\",\"name\":\"BadCertificate\",\"inputs\":[{\"name\":\"offset\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"BadCertificateSignature\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"BadQuote\",\"inputs\":[{\"name\":\"field\",\"type\":\"string\",\"internalType\":\"string\"}]},{\"type\":\"error\",\"name\":\"BadQuotingEnclave\",\"inputs\":[{\"name\":\"field\",\"type\":\"string\",\"internalType\":\"string\"}]},{\"type\":\"error\",\"name\":\"BadSignature\",\"inputs\":[{\"name\":\"signed\",\"type\":\"string\",\"internalType\":\"string\"}]},{\"type\":\"error\",\"name\":\"BelowFloor\",\"inputs\":[{\"name\":\"fmspc\",\"type\":\"bytes6\",\"internalType\":\"bytes6\"}]},{\"type\":\"error\",\"name\":\"CertificateExpired\",\"inputs\":[{\"name\":\"notAfter\",\"type\":\"uint40\",\"internalType\":\"uint40\"}]},{\"type\":\"error\",\"name\":\"DebugEnclave\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"DelayTooShort\",\"inputs\":[{\"name\":\"delay\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"minimum\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"FloorLowered\",\"inputs\":[{\"name\":\"fmspc\",\"type\":\"bytes6\",\"internalType\":\"bytes6\"}]},{\"type\":\"error\",\"name\":\"MachineIsRevoked\",\"inputs\":[{\"name\":\"machine\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"type\":\"error\",\"name\":\"MeasurementNotActive\",\"inputs\":[{\"name\":\"mrenclave\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"status\",\"type\":\"uint8\",\"internalType\":\"enumIAttestationPolicy.Status\"}]},{\"type\":\"error\",\"name\":\"NotGovernance\",\"inputs\":[{\"name\":\"caller\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"NotGovernor\",\"inputs\":[{\"name\":\"caller\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"NotIntelsKeys\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"PlatformIsRevoked\",\"inputs\":[{\"name\":\"platform\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"type\":\"error\",\"name\":\"QeFloorLowered\",\"inputs\":[{\"name\":\"minIsvSvn\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"current\",\"type\":\"uint16\",\"internalType\":\"uint16\"}]},{\"type\":\"error\",\"name\":\"TooManyMeasurements\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"TooManyPlatforms\",\"inputs\":[{\"name\":\"machine\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"type\":\"error\",\"name\":\"UnknownPlatform\",\"inputs\":[{\"name\":\"platform\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"type\":\"error\",\"name\":\"WrongProduct\",\"inputs\":[{\"name\":\"isvProdId\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"isvSvn\",\"type\":\"uint16\",\"internalType\":\"uint16\"}]},{\"type\":\"error\",\"name\":\"WrongStatus\",\"inputs\":[{\"name\":\"mrenclave\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"status\",\"type\":\"uint8\",\"internalType\":\"enumIAttestationPolicy.Status\"}]},{\"type\":\"error\",\"name\":\"ZeroGuardian\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"ZeroMeasurement\",\"inputs\":[]}]",
	ID:  "SgxQuoteVerifier",
	Bin: "0x61014080604052346103a157615406803803809161001d82856103b8565b83398101610100828203126103a15761004361003982846103db565b91604084016103db565b608083015190926001600160a01b038216918290036103a15761006860a08201610430565b9060c08101519161ffff8316918284036103a15760e06100889101610430565b60405163793d064960e11b81529490602086600481855afa9586156103ad575f96610375575b506105394614801561036a575b801561035e575b15958680610352575b610339575060a052608052600154680100000000000000008110156103255760018101908160015510156103115760015f526001600160a01b0316908115610302577f5b281afcb3967c59847cfe084164b82e0ee3b22933ddabad5cc547fda945fe4f926020925f54917f01c6520cf747e4632b43b535b91afe3950ccabc4ab29bbd89e3c1f6b0ba0565585604051848152a16001600160b01b03199092161760a09190911b61ffff60a01b16175f55604051908152a17f35207feeddb595748ed82bb3a71c3be1e241ef61320c6816e6b5c2b71dad5532825114806102d5575b806102ab575b8061027e575b159081610276575b50610267576020815191015160e05260c052602081519101516101205261010052604051614fc1908161044582396080518181816101bd015281816103460152818161072b01528181610af201528181610d9f015281816111260152818161138d01528181611a9c0152611c15015260a051818181610c110152613dee015260c05181612277015260e0518161225501526101005181612826015261012051816128040152f35b6305b3dd1b60e31b5f5260045ffd5b90505f6101c0565b507f77eb83cd79d54c04f66610c289fc88b89c2f377c0d069f621c1492309309ac136020840151146101b8565b507fbf6af8d329d883a0b5d9756e4fee599e7e4c6426f1a0a2f33efc7ecf9f2824378351146101b2565b507feaea12a4eb3f948916429ea47ba6c3af82a15e4b19664e52657939a2d96633de6020830151146101ac565b63a91f6a8960e01b5f5260045ffd5b634e487b7160e01b5f52603260045260245ffd5b634e487b7160e01b5f52604160045260245ffd5b63d6ef4a3160e01b5f526004526202a30060245260445ffd5b506202a30081106100cb565b50621466b046146100c2565b50617a6946146100bb565b9095506020813d6020116103a5575b81610391602093836103b8565b810103126103a15751945f6100ae565b5f80fd5b3d9150610384565b6040513d5f823e3d90fd5b601f909101601f19168101906001600160401b0382119082101761032557604052565b9080601f830112156103a15760408051929083016001600160401b03811184821017610325576040528290604081019283116103a157905b8282106104205750505090565b8151815260209182019101610413565b51906001600160a01b03821682036103a15756fe6080806040526004361015610012575f80fd5b5f3560e01c9081630c340a2414611bcd575080631bac5bf714611a625780631c2d5895146114c857806321a0bb311461134457806324b90207146112c057806337f32098146110a15780633cb5ffa51461100e57806342348c5614610fac578063452a932014610f5c5780635313397814610d2e578063615ed84d14610cdf578063657cad6414610c355780637b10399914610bc75780638a0dac4a14610a8b5780638b2150711461085257806392df676e146108195780639be77853146106e25780639e3d7c311461066e5780639f81aed714610633578063a7b555e2146105dd578063b783823b14610504578063cfcc75c5146102fd578063d329cf881461028e578063f1a52469146101745763f6daacfe1461012f575f80fd5b34610170575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36011261017057602061ffff5f5460a01c16604051908152f35b5f80fd5b346101705760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101705760043573ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000163314158061026d575b61024157805f52600660205262ffffff60405f20541680156102155761020b90613d4c565b610213613dd7565b005b507f13f6864d000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b7f988d1f03000000000000000000000000000000000000000000000000000000005f523360045260245ffd5b5073ffffffffffffffffffffffffffffffffffffffff5f54163314156101e6565b346101705760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610170576102c5611e37565b506004355f52600260205261ffff60405f2054165f52600360205260c06102ee60405f206130c8565b6102fb6040518092611d28565bf35b346101705760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101705760043573ffffffffffffffffffffffffffffffffffffffff7f000000000000000000000000000000000000000000000000000000000000000016331415806104e3575b6102415780156104bb5761038281613b48565b60ff81541660048110156104595760038114610486575080547fffffffffffffffffffffffffffffffffffffffffffffffffffff000000000000164260081b65ffffffffff0016176003179081905560405190600382528163ffffffff60e092600360207faa5f4c33a399bc03383e4d10d2040bc837ad54d20fa7bf1a54c1e1ba081024bc96015264ffffffffff8160081c16604084015261ffff8160301c16606084015261ffff8160401c16608084015267ffffffffffffffff8160501c1660a084015260901c1660c0820152a2610213613dd7565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52602160045260245ffd5b6104b690837f9d819744000000000000000000000000000000000000000000000000000000005f52600452611cde565b60445ffd5b7f8724bce5000000000000000000000000000000000000000000000000000000005f5260045ffd5b5073ffffffffffffffffffffffffffffffffffffffff5f541633141561036f565b346101705760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610170577fffffffffffff000000000000000000000000000000000000000000000000000061055c611cf9565b610564613136565b50165f526004602052606060405f207fffffffffffffffffffffffffffffffff00000000000000000000000000000000604051916105a183611dbd565b5461ffff60ff82161515938481528360406020830192848660081c168452019360681b1683526040519485525116602084015251166040820152f35b346101705760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101705760043563ffffffff8116809103610170575f526008602052602060405f2054604051908152f35b34610170575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101705760206040516202a3008152f35b346101705760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101705760e06004356106aa611e37565b506106b481613083565b90549060031b1c905f5260036020526102fb6106d260405f206130c8565b6040519283526020830190611d28565b346101705760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101705760043573ffffffffffffffffffffffffffffffffffffffff7f000000000000000000000000000000000000000000000000000000000000000016331415806107f8575b610241575f81815260096020526040902080547fffffffffffffffffffffffffffffffffffffffffffffffffffffff00ffffffff81166401000000001790915562ffffff165b63ffffffff81166107d457506107ae613dd7565b7f9a37d1557e33fa94155a914233759e1cbf01c852513ad41589920bcbf8be19e95f80a2005b806107e363ffffffff92613d4c565b165f52600760205260405f205460e81c61079a565b5073ffffffffffffffffffffffffffffffffffffffff5f5416331415610754565b34610170575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36011261017057602060405160408152f35b346101705760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610170575f60e060405161089081611dd9565b8281528260208201528260408201528260608201528260808201528260a08201528260c082015201526004355f52600660205261010060405f2064ffffffffff604051916108dd83611d85565b5462ffffff811680845263ffffffff602085019260181c1682525f52600760205260405f2090826040519261091184611da1565b547fffffffffffff00000000000000000000000000000000000000000000000000008160d01b16845261ffff60208501967fffffffffffffffffffffffffffffffff000000000000000000000000000000008360501b1688527fffffffffffffffffffffffffffffffff0000000000000000000000000000000060408701838560b01c1681527fffffffffffff000000000000000000000000000000000000000000000000000062ffffff60608a019463ffffffff8860c01c16865260808b019760ff8160e01c161515895260e81c60a08c015251169a8b5f52600860205263ffffffff8087868560405f20549e5116945116955116965116975115159951169960e08d60405190610a2282611dd9565b81526020810192835260408101938452606081019586526080810197885260a08101998a5260c081019b8c52019a8b526040519c8d525160208d0152511660408b01525116606089015251166080870152511660a085015251151560c0840152511660e0820152f35b346101705760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101705760043573ffffffffffffffffffffffffffffffffffffffff81168091036101705773ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000163303610b9b578015610b73576020817f01c6520cf747e4632b43b535b91afe3950ccabc4ab29bbd89e3c1f6b0ba05655927fffffffffffffffffffffffff00000000000000000000000000000000000000005f5416175f55604051908152a1005b7fa91f6a89000000000000000000000000000000000000000000000000000000005f5260045ffd5b7fad0550d5000000000000000000000000000000000000000000000000000000005f523360045260245ffd5b34610170575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36011261017057602060405173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b3461017057610120610c62610c4936611c89565b91610c5261302e565b5061ffff5f5460a01c16936131da565b61010060405191805183526020810151602084015267ffffffffffffffff604082015116604084015267ffffffffffffffff606082015116606084015263ffffffff608082015116608084015261ffff60a08201511660a084015261ffff60c08201511660c084015260e081015160e08401520151610100820152f35b346101705760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610170576004355f526009602052602060ff60405f2054821c166040519015158152f35b346101705760607ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36011261017057610d65611cf9565b602435907fffffffffffffffffffffffffffffffff00000000000000000000000000000000821680830361017057610d9b611c4a565b91337f000000000000000000000000000000000000000000000000000000000000000073ffffffffffffffffffffffffffffffffffffffff161415908180610f3b575b610241577fffffffffffff00000000000000000000000000000000000000000000000000001693845f52600460205260405f2091610e9f575b7fede430bc7e74a05c869d77145a347c6a7f096535cef4e094e1c0d66be524bbe29382600161ffff9372ffffffffffffffffffffffffffffffff0000008060409897547fffffffffffffffffffffffffff0000000000000000000000000000000000000062ffff008860081b169116179260681c1616171790558351928352166020820152a2005b8192915460ff81169081610f24575b81610eee575b5015610ec257919091610e17565b847fb4d07c77000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b610f1e915060681b7fffffffffffffffffffffffffffffffff000000000000000000000000000000001682613d17565b86610eb4565b905061ffff8160081c1661ffff8616101590610eae565b5073ffffffffffffffffffffffffffffffffffffffff5f5416331415610dde565b34610170575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36011261017057602073ffffffffffffffffffffffffffffffffffffffff5f5416604051908152f35b346101705760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101705760043567ffffffffffffffff8111610170576110066110006020923690600401611c5b565b90611e74565b604051908152f35b34610170575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610170576001547fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff810190811161107457602090604051908152f35b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601160045260245ffd5b346101705760a07ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101705760043560243561ffff81168103610170576110e9611c4a565b6064359067ffffffffffffffff82168203610170576084359163ffffffff831683036101705773ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000163303610b9b5784156104bb5761115b85613b48565b9384549060ff82166004811015610459576003811461129057507fffffffffffffffffffff0000000000000000000000000000000000000000000090911660909490941b75ffffffff000000000000000000000000000000000000169390931760509190911b71ffffffffffffffff000000000000000000001617604091821b69ffff0000000000000000161760309290921b67ffff00000000000016919091174260081b65ffffffffff001617600117918290555190600182528163ffffffff60e092600160207faa5f4c33a399bc03383e4d10d2040bc837ad54d20fa7bf1a54c1e1ba081024bc96015264ffffffffff8160081c16604084015261ffff8160301c16606084015261ffff8160401c16608084015267ffffffffffffffff8160501c1660a084015260901c1660c0820152a2005b6104b690887f9d819744000000000000000000000000000000000000000000000000000000005f52600452611cde565b346101705760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610170576112f7611c39565b60243563ffffffff81168091036101705761ffff604092165f52600360205260ff825f205416905f52600760205260ff825f205460e01c1661133b83518093611cec565b15156020820152f35b346101705760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101705760043573ffffffffffffffffffffffffffffffffffffffff7f000000000000000000000000000000000000000000000000000000000000000016331415806114a7575b61024157805f52600260205261ffff60405f2054165f52600360205260405f2060ff81541660048110156104595760018103610486575080547fffffffffffffffffffffffffffffffffffffffffffffffffffff000000000000164260081b65ffffffffff0016176002179081905560405190600282528163ffffffff60e092600260207faa5f4c33a399bc03383e4d10d2040bc837ad54d20fa7bf1a54c1e1ba081024bc96015264ffffffffff8160081c16604084015261ffff8160301c16606084015261ffff8160401c16608084015267ffffffffffffffff8160501c1660a084015260901c1660c0820152a2005b5073ffffffffffffffffffffffffffffffffffffffff5f54163314156113b6565b34610170576114d636611c89565b90926040519260a0840184811067ffffffffffffffff821117611a35576040525f845260208401905f825260408501955f875260608601935f855260808701955f87526115238184613154565b92835f52600660205260405f20946040519561153e87611d85565b549462ffffff861680885263ffffffff602089019760181c16875215611a0a5762ffffff8751165f52600760205260405f20906040519161157e83611da1565b54907fffffffffffff00000000000000000000000000000000000000000000000000008260d01b16835260208301917fffffffffffffffffffffffffffffffff000000000000000000000000000000008160501b168352604084019161ffff8260b01c168352606085019163ffffffff8160c01c16835260ff8160e01c1615159081608088015260e81c60a08701526119df575063ffffffff9051168042116119b4575060409061ffff7fffffffffffffffffffffffffffffffff000000000000000000000000000000007fffffffffffff0000000000000000000000000000000000000000000000000000865116945116915116925f526004602052815f209282519361168b85611dbd565b549060ff82161515948581527fffffffffffffffffffffffffffffffff0000000000000000000000000000000061ffff8460081c169384602084015260681b169485910152846119a9575b505082611998575b5050156119495750906116fc93929161ffff5f5460a01c16936131da565b9160408301600281511661192157611712611e37565b50835161171d611e37565b505f52600260205261ffff60405f20541690815f52600360205261174360405f206130c8565b91895281516004811015610459577fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff016118e45751600560378216148015906118c4575b80156118a8575b611859575061ffff60a0850151169061ffff604082015116821490811591611840575b5061180857509260a0979262ffffff9263ffffffff84819751169151168552825261010060e08201519101518752855261ffff60405197511687525116602086015251166040840152516060830152516080820152f35b61ffff60c085015116907f0420e41c000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b905061ffff60608160c08801511692015116118a6117b1565b8467ffffffffffffffff63ffffffff60808260608501511693015116927f8a144c9a000000000000000000000000000000000000000000000000000000005f521660045260245260445260645ffd5b5063ffffffff60808601518160a085015116191616151561178e565b5067ffffffffffffffff6060860151816080850151161916161515611787565b50835190516004811015610459576104b6917f91193c7a000000000000000000000000000000000000000000000000000000005f52600452611cde565b7f8f859312000000000000000000000000000000000000000000000000000000005f5260045ffd5b7fffffffffffff00000000000000000000000000000000000000000000000000009051167f80e6a854000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b6119a29250613d17565b8d806116de565b101592508f806116d6565b7ffd240325000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b7f5690c93b000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b7f13f6864d000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b7f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b346101705760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36011261017057611a99611c39565b337f000000000000000000000000000000000000000000000000000000000000000073ffffffffffffffffffffffffffffffffffffffff1614158080611bac575b6102415780611b97575b611b5d5760207f5b281afcb3967c59847cfe084164b82e0ee3b22933ddabad5cc547fda945fe4f915f547fffffffffffffffffffff0000ffffffffffffffffffffffffffffffffffffffff75ffff00000000000000000000000000000000000000008360a01b169116175f5561ffff60405191168152a1005b61ffff805f5460a01c16917f4ac1ff0d000000000000000000000000000000000000000000000000000000005f521660045260245260445ffd5b5061ffff5f5460a01c1661ffff821610611ae4565b5073ffffffffffffffffffffffffffffffffffffffff5f5416331415611ada565b34610170575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101705760209073ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b6004359061ffff8216820361017057565b6044359061ffff8216820361017057565b9181601f840112156101705782359167ffffffffffffffff8311610170576020838186019501011161017057565b60607ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc820112610170576004359067ffffffffffffffff821161017057611cd291600401611c5b565b90916024359060443590565b600481101561045957602452565b9060048210156104595752565b600435907fffffffffffff00000000000000000000000000000000000000000000000000008216820361017057565b63ffffffff60a08092611d3c858251611cec565b64ffffffffff602082015116602086015261ffff604082015116604086015261ffff606082015116606086015267ffffffffffffffff6080820151166080860152015116910152565b6040810190811067ffffffffffffffff821117611a3557604052565b60c0810190811067ffffffffffffffff821117611a3557604052565b6060810190811067ffffffffffffffff821117611a3557604052565b610100810190811067ffffffffffffffff821117611a3557604052565b90601f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0910116810190811067ffffffffffffffff821117611a3557604052565b60405190611e4482611da1565b5f60a0838281528260208201528260408201528260608201528260808201520152565b9190820391821161107457565b919091604051610160810181811067ffffffffffffffff821117611a35576040525f81525f60208201525f60408201525f60608201525f60808201525f60a08201525f60c08201525f60e08201525f6101008201525f6101208201525f6101408201528135846002118015613020575b612f8b5760ff8160f01c166002916080821015612fb7575b508101858111612f8b5785810361285657908160205f611f21611f2c95858b8a613e67565b809691958b8a613187565b908160405192839283378101838152039060025afa15612c53575f518452611f8e6040517f300a06082a8648ce3d04030200000000000000000000000000000000000000006020820152600c8152611f85602c82611df6565b82858a89613ff5565b908186013590600283018181118015612f7d575b612c9f5760ff8360f01c1690926080821015612f0c575b5082019281841161285657508214801590612f03575b8015612ecd575b6128565760018101811161107457612011611ff983600161200494018b8a613e67565b928380928c8b6140b0565b9060208901528a896140b0565b9290604087015281831491821592612ec2575b5050612856575064ffffffffff612102816120e7856120de816120d78b828f6120968261208f6120f39e82604051917fa003020102000000000000000000000000000000000000000000000000000000602084015260058352612088602584611df6565b8689613ff5565b8386613f1f565b919050604051937f300a06082a8648ce3d04030200000000000000000000000000000000000000006020860152600c85526120d2602c86611df6565b613ff5565b8d8c613e67565b90508b8a613e67565b94858093928c8b614150565b91166101208801528988614150565b9116610140850152818103612856575061212182612164928887613e67565b905082604051917f3059301306072a8648ce3d020106082a8648ce3d0301070342000400000000006020840152601b835261215d603b84611df6565b8887613ff5565b6040810180821161107457828111612b24576020820180831161107457612198828261219e6121986121aa95888e8d613187565b9061319f565b60608901528a89613187565b6080850152604082860101359160428101908482118015612eb4575b612d155760ff8460f01c1691936080831015612e41575b505082019083821161285657508281036128565750816121fe918786613e67565b82810361285657505f905b8280821061288157505015612856575061222c6060820151608083015190613154565b93845f52600660205262ffffff60405f2054166128515761229c825160208401519060408501517f0000000000000000000000000000000000000000000000000000000000000000927f000000000000000000000000000000000000000000000000000000000000000092613c40565b15806127f1575b6127c95764ffffffffff61012083015116421080156127b4575b61277c5760a08201515f52600960205260405f2091604051926122df84611dbd565b549162ffffff8316845260ff6020850193818160181c16855260201c16151580604086015261274c57604060ff8451161461271c5760055462ffffff811662ffffff8114611074577fffffffffffffffffffffffffffffffffffffffffffffffffffffffffff0000009460019262ffffff8460ff94011696879116176005555116019360ff85116110745760a07f98f9f4b127158c08e567cc89d2a6f942365339d7ecbec481a07319ae5ba5e8c6936040928a9784519061239f82611dbd565b88825260ff1660208083019182525f878401818152868801518252600983529088902093518454935191517fffffffffffffffffffffffffffffffffffffffffffffffffffffff000000000090941662ffffff919091161760189190911b63ff0000001617911515901b64ff0000000016179055835161241e81611d85565b8781526020810163ffffffff43168152895f52600660205262ffffff80875f20935116167fffffffffffffffffffffffffffffffffffffffffffffffffffffffffff000000835416178255517fffffffffffffffffffffffffffffffffffffffffffffffffff00000000ffffff66ffffffff00000083549260181b1691161790557fffffffffffff000000000000000000000000000000000000000000000000000060c083015116907fffffffffffffffffffffffffffffffff0000000000000000000000000000000060e08401511661ffff610100850151169061014085015163ffffffff64ffffffffff8216115f1461270b575062ffffff63ffffffff935b51169287519461252e86611da1565b85526020850191825287850192835263ffffffff606086019116815260808501925f84528786019485528b5f5260076020527fffffffff00000000ffffffffffffffffffffffffffffffffffffffffffffffff895f20965160d01c7fffffffffffffffff0000000000000000000000000000000000000000000000007bffffffff00000000000000000000000000000000000000000000000077ffff0000000000000000000000000000000000000000000075ffffffffffffffffffffffffffffffff000000000000808c54995160501c1616955160b01b16955160c01b169516171617171783555115157fffffff00ffffffffffffffffffffffffffffffffffffffffffffffffffffffff7cff0000000000000000000000000000000000000000000000000000000084549260e01b169116178255517cffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7fffffff000000000000000000000000000000000000000000000000000000000083549260e81b16911617905581810151865f526008602052835f20550151957fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0601f84845195869460208652816020870152868601375f85828601015201168101030190a4565b63ffffffff62ffffff91169361251f565b60a08201517f609cbddb000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b60a08201517f503a2a16000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b64ffffffffff610140830151167ffd240325000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b5064ffffffffff6101408301511642116122bd565b7fc24fcdae000000000000000000000000000000000000000000000000000000005f5260045ffd5b5061284b825160208401519060408501517f0000000000000000000000000000000000000000000000000000000000000000927f000000000000000000000000000000000000000000000000000000000000000092613c40565b156122a3565b505050565b7f89f9bdbf000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b61288c918887613e67565b9161289a8380938a89613f64565b9390849260096128aa8388611e67565b14801590612e28575b612e1e57612856575060019381811080612e07575b612d4f575b508187013590600283018181118015612d41575b612c9f5760ff8360f01c1690926080821015612c78575b5082019281841161285657508203612b245781612916918a89613e67565b828103612856575061292d82612937928b8a613e67565b8092918b8a613f64565b90600a6129448284611e67565b14801590612c5e575b6128565750600482612960928c8b613fa9565b90828203612b245760106129748284611e67565b03612856576129886020925f928d8c613187565b908160405192839283378101838152039060025afa15612c535761292d826129b8925f5160a08a01528b8a613e67565b90600a6129c58284611e67565b14801590612c39575b61285657506030826129e1928c8b613fa9565b90828203612b24579083915f9187915b8d6011841115612b84575050505090612a39927fffffffffffffffffffffffffffffffff0000000000000000000000000000000061292d9360801b1660e08a01528b8a613e67565b90600a612a468284611e67565b14801590612b6a575b6128565750600482612a62928c8b613fa9565b90508181036128565750612a8591612a7b918a89613e67565b8092918a89613f64565b90600a612a928284611e67565b14801590612b50575b6128565750600482612aae928b8a613fa9565b918203612b24576006612ac18284611e67565b03612856577fffffffffffff000000000000000000000000000000000000000000000000000091612af3918a89613187565b90358281169160068110612b0f575b50501660c0850152612209565b839250829060060360031b1b16165f80612b02565b507f89f9bdbf000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b50692a864886f84d010d01048189013560b01c1415612a9b565b50692a864886f84d010d0103818a013560b01c1415612a4f565b829394955090612b9592918d613e67565b939084600d8201118015612c1a575b612856579081612bbd8f8e889591600d879301916140b0565b909314801590612bfa575b612856575088919060108511612be95760081b17935b9201908593926129f1565b949061ffff166101008c0152612bde565b5060108511612c115761ffff60ff5b168311612bc8565b61ffff80612c09565b50836c060b2a864886f84d010d01020017818d013560981c1415612ba4565b50692a864886f84d010d0102818a013560b01c14156129ce565b6040513d5f823e3d90fd5b50692a864886f84d010d0101818a013560b01c141561294d565b91925060818103612ccb575060038301919060e81c60ff1660808110612c9f575b5f6128f8565b837f89f9bdbf000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b608203612d155760048301919060e01c61ffff16610100811015612c9957837f89f9bdbf000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b827f89f9bdbf000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b5060048360f81c14156128e1565b90915060028101878201358382118015612dfa575b612d155760ff8160f01c1691906080831015612d8d575b5001908282116128565750905f6128cd565b91905060818103612db2575060e81c60ff166003820160808210612d15575b5f612d7b565b608203612b245760e01c61ffff1660048201610100821015612dac57827f89f9bdbf000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b50858160f81c1415612d64565b5084612e14828c8b6140a4565b3560f81c146128c8565b9450505050612209565b50682a864886f84d010d01828a013560b81c14156128b3565b9093509060818103612e6a575060ff60439160e81c1692019160808110612b24575b5f806121dd565b608203612b245761ffff60449160e01c16920191610100811015612e6357507f89f9bdbf000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b5060a38460f81c14156121c6565b141590505f80612024565b507fff00000000000000000000000000000000000000000000000000000000000000612efa828a896140a4565b35161515611fd6565b50818114611fcf565b91925060818103612f33575060038301919060e81c60ff1660808110612c9f575b5f611fb9565b608203612d155760048301919060e01c61ffff16610100811015612f2d57837f89f9bdbf000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b5060038360f81c1415611fa2565b7f89f9bdbf000000000000000000000000000000000000000000000000000000005f525f60045260245ffd5b915060818103612fda575060039060e81c60ff1660808110612f8b575b5f611efc565b608203612f8b5760049060e01c61ffff16610100811015612fd4575f827f89f9bdbf0000000000000000000000000000000000000000000000000000000082525260245ffd5b5060308160f81c1415611ee4565b60405190610120820182811067ffffffffffffffff821117611a35576040525f610100838281528260208201528260408201528260608201528260808201528260a08201528260c08201528260e08201520152565b60015481101561309b5760015f5260205f2001905f90565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52603260045260245ffd5b906040516130d581611da1565b80925460ff811660048110156104595760a09163ffffffff91845264ffffffffff8160081c16602085015261ffff8160301c16604085015261ffff8160401c16606085015267ffffffffffffffff8160501c16608085015260901c16910152565b6040519061314382611dbd565b5f6040838281528260208201520152565b906040519060208201928352604082015260408152613174606082611df6565b51902090565b9190820180921161107457565b90939293848311610170578411610170578101920390565b3590602081106131ad575090565b7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff9060200360031b1b1690565b919294936131e661302e565b956103f68310613ad15761ffff6103f485013561ff008160f81c9160e81c1617166104008111908115613b30575b50613ad15782600811610170577f03000200000000000000000000000000000000000000000000000000000000007fffffffffffffffff00000000000000000000000000000000000000000000000085351603613a735782601c11610170577f939a7233f79c4ca9940a0db3957f0607000000000000000000000000000000007fffffffffffffffffffffffffffffffff00000000000000000000000000000000600c8601351603613a1557826103b4116101705760205f6101806040518161023489018237828282015260025afa15612c53575f5190836103d411610170576020956103b486013592856103f41161017057613317936103d488013591613c40565b156139b757816102d411610170577f8c4f5775d796503e96137f77c68a829a0056ac8ded70140b081b094490c57bff6102b48401350361395957600161ffff61033485013561ff008160f81c9160e81c161716036138fb57601167fffffffffffffffb6133d961026486013560c01c66ff00ff00ff00ff67ff00ff00ff00ff008260081b169160081c161765ffff0000ffff67ffff0000ffff00008260101b169160101c161763ffffffff67ffffffff000000008260201b169160201c161790565b161480159061388e575b6138305761ffff1661033683013560e881901c61ff001660f89190911c17106137d2578061023411610170576101f48201816103f61161017057835f604051828101906040858337606081018381527ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc0a8701906103f6890190376134b77ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc6a82888101868382015203017fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe08101835282611df6565b604051918291518091835e8101838152039060025afa15612c53575f51826103941161017057610374840135148015906137c4575b61376657816101b01161017057835f6101b060405181878237828282015260025afa15612c53575f51908261021411610170576102148401359035836101d411610170576101b485013592846101f41161017057613550936101d487013591613c40565b15613708578060901161017057607082013585528060d0116101705760b08201358386015267ffffffffffffffff6135dc606084013560c01c66ff00ff00ff00ff67ff00ff00ff00ff008260081b169160081c161765ffff0000ffff67ffff0000ffff00008260101b169160101c161763ffffffff67ffffffff000000008260201b169160201c161790565b16604086015267ffffffffffffffff613649606884013560c01c66ff00ff00ff00ff67ff00ff00ff00ff008260081b169160081c161765ffff0000ffff67ffff0000ffff00008260101b169160101c161763ffffffff67ffffffff000000008260201b169160201c161790565b16606086015263ffffffff6136b2604084013560c01c66ff00ff00ff00ff67ff00ff00ff00ff008260081b169160081c161765ffff0000ffff67ffff0000ffff00008260101b169160101c161763ffffffff67ffffffff000000008260201b169160201c161790565b16608086015261013082013560e881811c61ff0090811660f893841c1760a08901526101328501359182901c16911c1760c0860152610190116101705761017081013560e0850152610190013561010084015250565b606483604051907fc642adb50000000000000000000000000000000000000000000000000000000082526004820152600560248201527f71756f74650000000000000000000000000000000000000000000000000000006044820152fd5b606484604051907f2c4702830000000000000000000000000000000000000000000000000000000082526004820152600760248201527f62696e64696e67000000000000000000000000000000000000000000000000006044820152fd5b5061039483013515156134ec565b606483604051907f2c4702830000000000000000000000000000000000000000000000000000000082526004820152601060248201527f73656375726974792076657273696f6e000000000000000000000000000000006044820152fd5b606484604051907f2c4702830000000000000000000000000000000000000000000000000000000082526004820152600a60248201527f61747472696275746573000000000000000000000000000000000000000000006044820152fd5b5063ffffffff6138f361024485013560c01c66ff00ff00ff00ff67ff00ff00ff00ff008260081b169160081c161765ffff0000ffff67ffff0000ffff00008260101b169160101c161763ffffffff67ffffffff000000008260201b169160201c161790565b1615156133e3565b606484604051907f2c4702830000000000000000000000000000000000000000000000000000000082526004820152600760248201527f70726f64756374000000000000000000000000000000000000000000000000006044820152fd5b606484604051907f2c4702830000000000000000000000000000000000000000000000000000000082526004820152600660248201527f7369676e657200000000000000000000000000000000000000000000000000006044820152fd5b606484604051907fc642adb50000000000000000000000000000000000000000000000000000000082526004820152601860248201527f71756f74696e6720656e636c6176652773207265706f727400000000000000006044820152fd5b60646040517fd079c0c600000000000000000000000000000000000000000000000000000000815260206004820152600660248201527f76656e646f7200000000000000000000000000000000000000000000000000006044820152fd5b60646040517fd079c0c600000000000000000000000000000000000000000000000000000000815260206004820152600660248201527f68656164657200000000000000000000000000000000000000000000000000006044820152fd5b6040517fd079c0c600000000000000000000000000000000000000000000000000000000815260206004820152600660248201527f6c656e67746800000000000000000000000000000000000000000000000000006044820152606490fd5b90506103f601806103f611611074578314155f613214565b805f52600260205261ffff60405f2054168015613b74575b61ffff9150165f52600360205260405f2090565b5060015461ffff8111613c195761ffff16815f52600260205260405f20817fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff00008254161790556001549168010000000000000000831015611a3557613be183600161ffff9501600155613083565b7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff829392549160031b92831b921b1916179055613b60565b7ee001eb000000000000000000000000000000000000000000000000000000005f5260045ffd5b939291907fffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551821015613d0e577f7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a88211613cbe575b613ca18484848489614581565b90959015613cb157505050505090565b613cbb955061469d565b90565b907fffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551037fffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc63255181116110745790613c94565b50505050505f90565b60801c9060801c805b613d2b575050600190565b60ff811660ff831610613d465760081c809160081c91613d20565b50505f90565b63ffffffff16805f52600760205260405f207c01000000000000000000000000000000000000000000000000000000007fffffff00ffffffffffffffffffffffffffffffffffffffffffffffffffffffff825416179055805f52600860205260405f2054907f7608acc7bc10d56769e11a7b0e6d26be6db9d9830c3bed3b312e7b74f33f64ba5f80a3565b73ffffffffffffffffffffffffffffffffffffffff7f00000000000000000000000000000000000000000000000000000000000000001680613e165750565b803b15610170575f80916004604051809481937f441381af0000000000000000000000000000000000000000000000000000000083525af18015612c5357613e5b5750565b5f613e6591611df6565b565b82013593919050600281018381118015613f11575b612b245760ff8560f01c1690946080821015613ea0575b5084019283116128565750565b91945060818103613ec7575060038401939060e81c60ff1660808110612b24575b5f613e93565b608203612c9f5760048401939060e01c61ffff16610100811015613ec157507f89f9bdbf000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b5060308560f81c1415613e7c565b82013593919050600281018381118015613f5657612b245760ff8560f01c1690946080821015613ea0575084019283116128565750565b5060028560f81c1415613e7c565b82013593919050600281018381118015613f9b57612b245760ff8560f01c1690946080821015613ea0575084019283116128565750565b5060068560f81c1415613e7c565b820135949293600283019150848211908115613fe4575b50612b245760ff8560f01c1690946080821015613ea0575084019283116128565750565b60ff9150168560f81c14155f613fc0565b9192949390948361400783518261317a565b9687928311948515614020575b50505050506128565750565b61402b949550613187565b67ffffffffffffffff8111611a35576040519061407060207fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0601f8401160183611df6565b8082526020820192368282011161017057815f92602092863783010152519020906020815191012014155f84838280614014565b9082101561309b570190565b9192836140bd9284613f1f565b919092829380808503930190813594148015614143575b612b24576001831180614138575b6140fb575b5060208211612856575060200360031b1c91565b90919260019060f71c1615612b245760010135917fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff01905f6140e7565b508360f81c156140e2565b5060018460ff1c146140d4565b8383101561457b576141638383836140a4565b3560f81c5b60ff81169460178614958615908161456f575b50614543579061418d91858585613fa9565b94818661419a8282611e67565b831561453a5760ff600d5b1614908115916144b8575b5061448c576141c0818686614a48565b911561444b57506141e29060328110156144405761ffff6107d05b169061317a565b906002810180911161107457935b6141fb858585614a48565b6002860180871161107457614211908686614a48565b916107b284108015614438575b801561442e575b8015614426575b801561441c575b6128565750600281119283156143ec57925b156143db577ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffd810190811161107457915b8061016d029061016d82048103611074576101906142a861429e6142b0948460021c9061317a565b6064840490611e67565b91049061317a565b91806099029060998204036110745760028101809111611074576142e09260056142db92049061317a565b61317a565b7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff810190808211611074577ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff50593019081116110745762015180810290808204620151801490151715611074576004840180851161107457614361908484614a48565b610e10810290808204610e1014901517156110745761437f9161317a565b6006840180851161107457614395908484614a48565b603c810290808204603c1490151715611074576143b19161317a565b90600884018094116110745764ffffffffff936143d7936143d192614a48565b9061317a565b1691565b600981018091116110745791614276565b7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff81019081116110745792614245565b50601f8311614233565b50821561422c565b50600c8211614225565b50811561421e565b61ffff61076c6141db565b9150606481029080820460641490151715611074576002820190818311611074576143d161447a928686614a48565b906004810180911161107457936141f0565b857f89f9bdbf000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff810191508111611074577fff000000000000000000000000000000000000000000000000000000000000006145307f5a000000000000000000000000000000000000000000000000000000000000009288886140a4565b351614155f6141b0565b60ff600f6141a5565b847f89f9bdbf000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b6018915014155f61417b565b5f614168565b9091929361458f8484614b21565b15801561468c575b156145a85750505050505f90600190565b6020945f9460a094604051948552878501526040840152606083015260808201528280526101005afa1561468a575f51156145e557600190600190565b60205f60a06040517fbb5a52f42f9c9261ed4361f59422a1e30036e7c32b270c8807a419feca6050238152600584820152600160408201527fa71af64de5126a4a4e02b7922d66ce9415ce88a4c9d25514d91082c8725ac95760608201527f5d47723c8fbe580bb369fec9c2665d8e30a435b9932645482e7c9f11e872296b60808201528280526101005afa1561468a575f5115614684575f90600190565b5f905f90565bfe5b506146978186614b98565b15614597565b919093926146ab8286614b21565b158015614a37575b613d0e57604051936102006146c88187611df6565b5f5b818110614a225750506020926148645f9360c0936040516146ea81611dbd565b868152868882015286604082015289526040519161470783611dbd565b825286820152600160408201528588019081528761485560405161472a81611dbd565b7f6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c29681527f4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f58982015260016040820152608083019081526148466148376147908651614c26565b92604086019384526147a28151614c26565b9061010087019182526147b88851865190614c63565b96606081019788526147cd8951835190614c63565b60a08201526147df8651835190614c63565b8c8201526147f08851835190614c63565b60e08201526148028951845190614c63565b6101208201526148158651845190614c63565b61014082015261016061482b8951855190614c63565b91015251905190614c63565b6101808d018181529551614c63565b6101a08c015251835190614c63565b6101c08a015251905190614c63565b6101e087015260405190848252848083015284604083015260608201527fffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc63254f60808201527fffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc63255160a082015260055afa5f519015614a1057807fffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551809286959495099309905f905f925f945f915b6080831061494c575050505091614946917fffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc63255193614f07565b50061490565b866149ee575b8160fe1c600c8260fc1c1617604061496a8287614c15565b510151614986575b5060019060021b9160021b9201919061490e565b9691959094826149ca5750505061499d8583614c15565b515193600160406149bd60206149b38a88614c15565b5101519886614c15565b5101519695945b90614972565b906149e392916149dd6001989987614c15565b51614d15565b9691959095946149c4565b93956149ff9195614a059397614c82565b91614c82565b959194909493614952565b634e487b715f5260126020526024601cfd5b602090614a2d613136565b81890152016146ca565b50614a428482614b98565b156146b3565b919091614a568284836140a4565b3560f81c92600183019081841161107457614a70926140a4565b3560f81c90603083108015614b17575b8015614b0d575b8015614b03575b61285657507fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffd0820191821161107457600a820291808304600a1490151715611074577fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffd0810190811161107457613cbb9161317a565b5060398211614a8e565b5060308210614a87565b5060398311614a80565b908115159182614b6e575b5081614b64575b81614b3c575090565b7f7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a89150111590565b8015159150614b33565b7fffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc6325511191505f614b2c565b7fffffffff00000001000000000000000000000000ffffffffffffffffffffffff80807f5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b8185817fffffffff00000001000000000000000000000000fffffffffffffffffffffffc81838009080908818580091493109110161690565b90601081101561309b5760051b0190565b614c4690614c32613136565b508051906040602082015191015191614c82565b9060405192614c5484611dbd565b83526020830152604082015290565b614c4691614c6f613136565b5080516040602083015192015192614d15565b9290917fffffffff00000001000000000000000000000000ffffffffffffffffffffffff80918180868009968180808a818080808a800980097fffffffff00000001000000000000000000000000fffffffffffffffffffffffc09818088800960030908940960040991818080808087600209810381868009089c80096008098103938b82039008900908940960020990565b91939092935f945f945f946040810151907fffffffff00000001000000000000000000000000ffffffffffffffffffffffff8280097fffffffff00000001000000000000000000000000ffffffffffffffffffffffff858009927fffffffff00000001000000000000000000000000ffffffffffffffffffffffff80878609602085015109917fffffffff00000001000000000000000000000000ffffffffffffffffffffffff808681868103818d8189890990090896510991818381039189090890811585151694855f14614e96575050505050600114614df8575b50505050565b7fffffffff00000001000000000000000000000000ffffffffffffffffffffffff8080809a508699508097985080969381808087819998099d838f94097fffffffff00000001000000000000000000000000fffffffffffffffffffffffc09818088800960030908940960040991818080808087600209810381868009089c80096008098103938b820390089009089409600209905f808080614df2565b929b50935096507fffffffff00000001000000000000000000000000ffffffffffffffffffffffff80808080809c9d50809a995080985080969f508b8009809709958a098180876002098103818381038188800908089d098103938c8203900890090895099009905f808080614df2565b92918015614fb7575f60c060209260405190848252848083015284604083015260608201527fffffffff00000001000000000000000000000000fffffffffffffffffffffffd60808201527fffffffff00000001000000000000000000000000ffffffffffffffffffffffff60a082015260055afa905f519115614a10577fffffffff00000001000000000000000000000000ffffffffffffffffffffffff828180828196098097099509900990565b505090505f905f9056",
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
// Solidity: constructor(bytes32[2] platformCa, bytes32[2] processorCa, address governor_, address guardian_, uint16 qeFloor_, address registry_) returns()
func (sgxQuoteVerifier *SgxQuoteVerifier) PackConstructor(platformCa [2][32]byte, processorCa [2][32]byte, governor_ common.Address, guardian_ common.Address, qeFloor_ uint16, registry_ common.Address) []byte {
	enc, err := sgxQuoteVerifier.abi.Pack("", platformCa, processorCa, governor_, guardian_, qeFloor_, registry_)
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

// PackRegistry is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7b103999.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function registry() view returns(address)
func (sgxQuoteVerifier *SgxQuoteVerifier) PackRegistry() []byte {
	enc, err := sgxQuoteVerifier.abi.Pack("registry")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackRegistry is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7b103999.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function registry() view returns(address)
func (sgxQuoteVerifier *SgxQuoteVerifier) TryPackRegistry() ([]byte, error) {
	return sgxQuoteVerifier.abi.Pack("registry")
}

// UnpackRegistry is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x7b103999.
//
// Solidity: function registry() view returns(address)
func (sgxQuoteVerifier *SgxQuoteVerifier) UnpackRegistry(data []byte) (common.Address, error) {
	out, err := sgxQuoteVerifier.abi.Unpack("registry", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
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
// Solidity: function verifyQuote(bytes quote, bytes32 x, bytes32 y) view returns((uint16,uint24,uint32,bytes32,bytes32) v)
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
// Solidity: function verifyQuote(bytes quote, bytes32 x, bytes32 y) view returns((uint16,uint24,uint32,bytes32,bytes32) v)
func (sgxQuoteVerifier *SgxQuoteVerifier) TryPackVerifyQuote(quote []byte, x [32]byte, y [32]byte) ([]byte, error) {
	return sgxQuoteVerifier.abi.Pack("verifyQuote", quote, x, y)
}

// UnpackVerifyQuote is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x1c2d5895.
//
// Solidity: function verifyQuote(bytes quote, bytes32 x, bytes32 y) view returns((uint16,uint24,uint32,bytes32,bytes32) v)
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
