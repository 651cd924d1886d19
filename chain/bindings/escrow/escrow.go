// Code generated via abigen V2 - DO NOT EDIT.
// This file is a generated binding and any manual changes will be lost.

// Package escrow holds the generated binding of contracts/src/Escrow.sol: the users' balances and how pods are paid from them.
package escrow

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

// IEscrowOpen is an auto generated low-level Go binding around an user-defined struct.
type IEscrowOpen struct {
	Owner     common.Address
	Signer    common.Address
	Salt      uint64
	Cap       *big.Int
	Expiry    *big.Int
	Nonce     uint64
	Deadline  *big.Int
	Signature []byte
}

// EscrowMetaData contains all meta data concerning the Escrow contract.
var EscrowMetaData = bind.MetaData{
	ABI: "[{\"type\":\"constructor\",\"inputs\":[{\"name\":\"token_\",\"type\":\"address\",\"internalType\":\"contractIERC20\"},{\"name\":\"registry_\",\"type\":\"address\",\"internalType\":\"contractIPodRegistry\"}],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"CLOSE_DELAY\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint40\",\"internalType\":\"uint40\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"MAX_NONCE_JUMP\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint64\",\"internalType\":\"uint64\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"MAX_SESSION_LIFETIME\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint40\",\"internalType\":\"uint40\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"ROW_BYTES\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"account\",\"inputs\":[{\"name\":\"owner\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[{\"name\":\"avail\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"nonceBase\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"nonceWindow\",\"type\":\"uint96\",\"internalType\":\"uint96\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"claimable\",\"inputs\":[{\"name\":\"operator\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint96\",\"internalType\":\"uint96\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"deposit\",\"inputs\":[{\"name\":\"amount\",\"type\":\"uint96\",\"internalType\":\"uint96\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"domainSeparator\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"eip712Domain\",\"inputs\":[],\"outputs\":[{\"name\":\"fields\",\"type\":\"bytes1\",\"internalType\":\"bytes1\"},{\"name\":\"name\",\"type\":\"string\",\"internalType\":\"string\"},{\"name\":\"version\",\"type\":\"string\",\"internalType\":\"string\"},{\"name\":\"chainId\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"verifyingContract\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"salt\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"extensions\",\"type\":\"uint256[]\",\"internalType\":\"uint256[]\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"lastSeq\",\"inputs\":[{\"name\":\"pod\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint64\",\"internalType\":\"uint64\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"openSessions\",\"inputs\":[{\"name\":\"pod\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"opens\",\"type\":\"tuple[]\",\"internalType\":\"structIEscrow.Open[]\",\"components\":[{\"name\":\"owner\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"signer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"salt\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"cap\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"expiry\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"nonce\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"deadline\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"signature\",\"type\":\"bytes\",\"internalType\":\"bytes\"}]}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"payout\",\"inputs\":[{\"name\":\"to\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[{\"name\":\"amount\",\"type\":\"uint96\",\"internalType\":\"uint96\"}],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"registry\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"address\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"release\",\"inputs\":[{\"name\":\"owner\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"signer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"pod\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"salt\",\"type\":\"uint64\",\"internalType\":\"uint64\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"requestClose\",\"inputs\":[{\"name\":\"owner\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"signer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"pod\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"salt\",\"type\":\"uint64\",\"internalType\":\"uint64\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"session\",\"inputs\":[{\"name\":\"sessionId\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[{\"name\":\"cap\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"claimed\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"expiry\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"closing\",\"type\":\"bool\",\"internalType\":\"bool\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"sessionIdOf\",\"inputs\":[{\"name\":\"owner\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"signer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"pod\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"salt\",\"type\":\"uint64\",\"internalType\":\"uint64\"}],\"outputs\":[{\"name\":\"\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"stateMutability\":\"pure\"},{\"type\":\"function\",\"name\":\"settle\",\"inputs\":[{\"name\":\"pod\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"seq\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"receiptsRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"keyConfigHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"rows\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"r\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"vs\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"token\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"address\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"withdraw\",\"inputs\":[{\"name\":\"to\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"amount\",\"type\":\"uint96\",\"internalType\":\"uint96\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"event\",\"name\":\"CloseRequested\",\"inputs\":[{\"name\":\"sessionId\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"expiry\",\"type\":\"uint40\",\"indexed\":false,\"internalType\":\"uint40\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Deposited\",\"inputs\":[{\"name\":\"owner\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"from\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"amount\",\"type\":\"uint96\",\"indexed\":false,\"internalType\":\"uint96\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"EIP712DomainChanged\",\"inputs\":[],\"anonymous\":false},{\"type\":\"event\",\"name\":\"OpenSkipped\",\"inputs\":[{\"name\":\"sessionId\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"owner\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"pod\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"nonce\",\"type\":\"uint64\",\"indexed\":false,\"internalType\":\"uint64\"},{\"name\":\"reason\",\"type\":\"uint8\",\"indexed\":false,\"internalType\":\"enumIEscrow.OpenSkip\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"PaidOut\",\"inputs\":[{\"name\":\"operator\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"to\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"amount\",\"type\":\"uint96\",\"indexed\":false,\"internalType\":\"uint96\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Released\",\"inputs\":[{\"name\":\"sessionId\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"owner\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"amount\",\"type\":\"uint96\",\"indexed\":false,\"internalType\":\"uint96\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"RowSkipped\",\"inputs\":[{\"name\":\"pod\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"seq\",\"type\":\"uint64\",\"indexed\":true,\"internalType\":\"uint64\"},{\"name\":\"sessionId\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"row\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"},{\"name\":\"reason\",\"type\":\"uint8\",\"indexed\":false,\"internalType\":\"enumIEscrow.RowSkip\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"SessionOpened\",\"inputs\":[{\"name\":\"sessionId\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"owner\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"pod\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"signer\",\"type\":\"address\",\"indexed\":false,\"internalType\":\"address\"},{\"name\":\"salt\",\"type\":\"uint64\",\"indexed\":false,\"internalType\":\"uint64\"},{\"name\":\"cap\",\"type\":\"uint96\",\"indexed\":false,\"internalType\":\"uint96\"},{\"name\":\"expiry\",\"type\":\"uint40\",\"indexed\":false,\"internalType\":\"uint40\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Settled\",\"inputs\":[{\"name\":\"pod\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"seq\",\"type\":\"uint64\",\"indexed\":true,\"internalType\":\"uint64\"},{\"name\":\"receiptsRoot\",\"type\":\"bytes32\",\"indexed\":false,\"internalType\":\"bytes32\"},{\"name\":\"keyConfigHash\",\"type\":\"bytes32\",\"indexed\":false,\"internalType\":\"bytes32\"},{\"name\":\"rows\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"},{\"name\":\"charged\",\"type\":\"uint96\",\"indexed\":false,\"internalType\":\"uint96\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Withdrawn\",\"inputs\":[{\"name\":\"owner\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"to\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"amount\",\"type\":\"uint96\",\"indexed\":false,\"internalType\":\"uint96\"}],\"anonymous\":false},{\"type\":\"error\",\"name\":\"AmountTooLarge\",\"inputs\":[{\"name\":\"amount\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"BadBatchSignature\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"BadRecipient\",\"inputs\":[{\"name\":\"to\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"BadRows\",\"inputs\":[{\"name\":\"length\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"BadSequence\",\"inputs\":[{\"name\":\"seq\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"expected\",\"type\":\"uint64\",\"internalType\":\"uint64\"}]},{\"type\":\"error\",\"name\":\"IdentityExpired\",\"inputs\":[{\"name\":\"pod\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"validUntil\",\"type\":\"uint40\",\"internalType\":\"uint40\"}]},{\"type\":\"error\",\"name\":\"IdentityRevoked\",\"inputs\":[{\"name\":\"pod\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"identity\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"standing\",\"type\":\"uint8\",\"internalType\":\"enumIPodRegistry.Standing\"}]},{\"type\":\"error\",\"name\":\"InsufficientBalance\",\"inputs\":[{\"name\":\"available\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"asked\",\"type\":\"uint96\",\"internalType\":\"uint96\"}]},{\"type\":\"error\",\"name\":\"InvalidShortString\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"NoSession\",\"inputs\":[{\"name\":\"sessionId\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"type\":\"error\",\"name\":\"NotExpired\",\"inputs\":[{\"name\":\"sessionId\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"expiry\",\"type\":\"uint40\",\"internalType\":\"uint40\"}]},{\"type\":\"error\",\"name\":\"NotParty\",\"inputs\":[{\"name\":\"sessionId\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"caller\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"ReentrancyGuardReentrantCall\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"SafeERC20FailedOperation\",\"inputs\":[{\"name\":\"token\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"StringTooLong\",\"inputs\":[{\"name\":\"str\",\"type\":\"string\",\"internalType\":\"string\"}]},{\"type\":\"error\",\"name\":\"UnknownPod\",\"inputs\":[{\"name\":\"pod\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"UnsupportedToken\",\"inputs\":[{\"name\":\"asked\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"arrived\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"WrongRegistry\",\"inputs\":[{\"name\":\"registry\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"itsEscrow\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"ZeroAddress\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"ZeroAmount\",\"inputs\":[]}]",
	ID:  "Escrow",
	Bin: "0x6101a0806040523461023657604081612ef78038038091610020828561025c565b8339810103126102365780516001600160a01b038116918282036102365760200151916001600160a01b038316908184036102365760405161006360408261025c565b600e815260208101906d5068616c6c616d61457363726f7760901b82526040519161008f60408461025c565b600183526020830191603160f81b83526100a881610293565b610120526100b584610293565b61014052519020918260e05251902080610100524660a0526040519060208201927f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f8452604083015260608201524660808201523060a082015260a0815261011e60c08261025c565b5190206080523060c0521561024d5760405163e2fdcc1760e01b8152602081600481855afa908115610242575f916101fc575b506001600160a01b0316903082036101e75750506101605261018052604051612bf890816102ff8239608051816126a3015260a05181612760015260c05181612674015260e051816126f20152610100518161271801526101205181610b0901526101405181610b3201526101605181818161013e0152818161023a0152611d31015261018051818181610c890152610ef20152f35b6350d7ec1560e11b5f5260045260245260445ffd5b90506020813d60201161023a575b816102176020938361025c565b8101031261023657516001600160a01b0381168103610236575f610151565b5f80fd5b3d915061020a565b6040513d5f823e3d90fd5b63d92e233d60e01b5f5260045ffd5b601f909101601f19168101906001600160401b0382119082101761027f57604052565b634e487b7160e01b5f52604160045260245ffd5b601f8151116102be5760208151910151602082106102af571790565b5f198260200360031b1b161790565b604460209160405192839163305a27a960e01b83528160048401528051918291826024860152018484015e5f828201840152601f01601f19168101030190fdfe60806040526004361015610011575f80fd5b5f3560e01c8062cf580a146119ff5780630b7e9c44146118fb57806322a9d1cc1461188e578063402914f51461181d57806356041de9146117e3578063569650fa146115c55780635903d97c1461153a5780635dd1fa971461150157806373b9aa91146114755780637af8bc5514610cad5780637b10399914610c3f57806380458c0614610c0557806384b0196e14610ad3578063893c5eb0146108d95780638c8c3c9d1461077b578063d5c57ad014610582578063e4eae6b7146101e1578063f003abca146101a6578063f698da25146101665763fc0c546a146100f4575f80fd5b34610162575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36011261016257602060405173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b5f80fd5b34610162575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36011261016257602061019e61265d565b604051908152f35b34610162575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101625760206040516276a7008152f35b346101625760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610162576004356bffffffffffffffffffffffff81169081810361016257610232611c82565b811561055a577f000000000000000000000000000000000000000000000000000000000000000073ffffffffffffffffffffffffffffffffffffffff8116604051907f70a08231000000000000000000000000000000000000000000000000000000008252306004830152602082602481845afa9182156104d1575f92610526575b50604051927f23b872dd000000000000000000000000000000000000000000000000000000005f5233600452306024528560445260205f60648180855af19060015f5114821615610507575b50836040525f606052156104dc57826024816020937f70a082310000000000000000000000000000000000000000000000000000000082523060048301525afa9182156104d1575f9261049d575b5080821080801561048a575b6104405750506bffffffffffffffffffffffff81116104155750335f5260026020526bffffffffffffffffffffffff61039a60405f209282845416611beb565b167fffffffffffffffffffffffffffffffffffffffff00000000000000000000000082541617905560405190815233907fc440b38d543409e335ee0581ff6438ef8de48268d507baa5b62797d04e862bd760203392a35f7f9b779b17422d0df92223018b32b4d1fa46e071723d6817e2486d003becc55f005d005b7f08083b2a000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b8493501561047b5750505f905b7f917f56c4000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b61048491611c75565b9061044d565b50846104968385611c75565b141561035a565b9091506020813d6020116104c9575b816104b960209383611baa565b810103126101625751908461034e565b3d91506104ac565b6040513d5f823e3d90fd5b7f5274afe7000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b600182151661051d573b15153d15161686610300565b843d5f823e3d90fd5b9091506020813d602011610552575b8161054260209383611baa565b81010312610162575190856102b4565b3d9150610535565b7f1f2a2005000000000000000000000000000000000000000000000000000000005f5260045ffd5b346101625760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610162576105b9611a57565b60243567ffffffffffffffff8111610162573660238201121561016257806004013567ffffffffffffffff8111610162573660248260051b8401011161016257905f907ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffedd81360301915b838110156107795760248160051b83010135838112156101625782019060248201916106ae61065184611c3f565b8861065e60448501611c3f565b61066a60648601611c60565b92919273ffffffffffffffffffffffffffffffffffffffff6080948167ffffffffffffffff9481604051971687521660208601521660408401521660608201522090565b6106b984828a611ec1565b9490156106ce575b5050506001915001610623565b60c46106dc6106e392611c3f565b9301611c60565b9067ffffffffffffffff60405192168252600985101561074c5760019460208301527fe85801cdd68c86e59ec6d5ed8ff51ec4afa5b88f607a3f8050eb529f517e3cc6604073ffffffffffffffffffffffffffffffffffffffff808c16951693a48680806106c1565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52602160045260245ffd5b005b346101625760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610162576107b2611a57565b6024356bffffffffffffffffffffffff811691828203610162576107d4611c82565b335f52600260205260405f20926bffffffffffffffffffffffff845416938482116108a9576bffffffffffffffffffffffff6108138561088497611c15565b167fffffffffffffffffffffffffffffffffffffffff00000000000000000000000082541617905560405190815273ffffffffffffffffffffffffffffffffffffffff8216907f6e6e54d2933c54e86384932153b0244ddd09a166888407646f12cb83392e4bc160203392a3611cf6565b5f7f9b779b17422d0df92223018b32b4d1fa46e071723d6817e2486d003becc55f005d005b50837f42b8394a000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b34610162576109316108ea36611a7a565b91839493919273ffffffffffffffffffffffffffffffffffffffff6080948167ffffffffffffffff9481604051971687521660208601521660408401521660608201522090565b805f52600360205260405f206040519061094a82611b61565b54906bffffffffffffffffffffffff82169182825260208201926bffffffffffffffffffffffff8260601c16845260ff604084019264ffffffffff8160c01c16845260e81c161515606084015215610aa75764ffffffffff90511680421115610a78575073ffffffffffffffffffffffffffffffffffffffff610a117fd1b70dfe9cfd216ac8f2db245f0f025be9b578f532bad36ef0e69b9f303e865d936bffffffffffffffffffffffff80602095885f52600387525f6040812055511691511690611c15565b941693845f526002825260405f206bffffffffffffffffffffffff610a398382845416611beb565b167fffffffffffffffffffffffffffffffffffffffff0000000000000000000000008254161790556bffffffffffffffffffffffff60405191168152a3005b837f12395c74000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b837f6ad199d6000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b34610162575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36011261016257610ba9610b2d7f0000000000000000000000000000000000000000000000000000000000000000612a5c565b610b567f0000000000000000000000000000000000000000000000000000000000000000612a5c565b6020610bb760405192610b698385611baa565b5f84525f3681376040519586957f0f00000000000000000000000000000000000000000000000000000000000000875260e08588015260e0870190611b1e565b908582036040870152611b1e565b4660608501523060808501525f60a085015283810360c08501528180845192838152019301915f5b828110610bee57505050500390f35b835185528695509381019392810192600101610bdf565b34610162575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101625760206040516110008152f35b34610162575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36011261016257602060405173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b346101625760e07ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36011261016257610ce4611a57565b6024359067ffffffffffffffff821682036101625767ffffffffffffffff60843511610162573660236084350112156101625767ffffffffffffffff608435600401351161016257366024608435600401356084350101116101625760843560040135158015611463575b61143157610e8760207fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0601f60843560040135011601610d926040519182611baa565b608435600481013580835260208301929160240183375f6020608435600401358301015251902060405160208101917fb877c27f132b7a41bb40c0ae7ca41b9882a745f0409b64b3a4adec514c0e1bec835273ffffffffffffffffffffffffffffffffffffffff8516604083015267ffffffffffffffff86166060830152608082015260443560a082015260643560c082015260c08152610e3460e082611baa565b610e8260c4359260a43592519020610e4a61265d565b604291604051917f19010000000000000000000000000000000000000000000000000000000000008352600283015260228201522090565b611e57565b505073ffffffffffffffffffffffffffffffffffffffff604051917f8081e62f0000000000000000000000000000000000000000000000000000000083528184166004840152169081602482015260608160448173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000165afa80156104d1575f925f925f926113b8575b5073ffffffffffffffffffffffffffffffffffffffff84161561137657600482101561074c57811561134e576001820361130657505064ffffffffff168042116112c1575073ffffffffffffffffffffffffffffffffffffffff82165f526005602052600167ffffffffffffffff60405f2054160167ffffffffffffffff811161125b5767ffffffffffffffff168067ffffffffffffffff851603611288575073ffffffffffffffffffffffffffffffffffffffff82165f52600560205260405f2067ffffffffffffffff84167fffffffffffffffffffffffffffffffffffffffffffffffff00000000000000008254161790555f9261102361265d565b5f905b60b460843560040135048210611115575050608073ffffffffffffffffffffffffffffffffffffffff67ffffffffffffffff7fbd83911b5b6f31227f47e5d921d0953f358733ac54c4d6a8b8d1eb6dfe41a51693876bffffffffffffffffffffffff811696876110bf575b5050604051956044358752606435602088015260b460843560040135046040880152606087015216941692a3005b84165f5260046020526bffffffffffffffffffffffff6110e660405f209282845416611beb565b167fffffffffffffffffffffffffffffffffffffffff0000000000000000000000008254161790558780611091565b909460b4860286810460b4148715171561125b57806084350160148201821161125b57603881013560601c9160288101811161125b576111a78289856024604c6111be97013560c01c93013560601c919273ffffffffffffffffffffffffffffffffffffffff6080948167ffffffffffffffff9481604051971687521660208601521660408401521660608201522090565b926084356004013590602460843501908588612815565b6bffffffffffffffffffffffff82939216156111eb575b50506111e390600192611beb565b950190611026565b91909260405193898552600684101561074c57846111e3946020600197015267ffffffffffffffff8816907f920a507fe54f406191d9b96adeb33ee6b793729689643c94a4c8e8e186f10b2c604073ffffffffffffffffffffffffffffffffffffffff8d1692a4928192506111d5565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601160045260245ffd5b67ffffffffffffffff847f607f66d9000000000000000000000000000000000000000000000000000000005f521660045260245260445ffd5b73ffffffffffffffffffffffffffffffffffffffff837f5fba8632000000000000000000000000000000000000000000000000000000005f521660045260245260445ffd5b73ffffffffffffffffffffffffffffffffffffffff857fd4548e25000000000000000000000000000000000000000000000000000000005f521660045260245260445260645ffd5b7f0cd927f9000000000000000000000000000000000000000000000000000000005f5260045ffd5b73ffffffffffffffffffffffffffffffffffffffff857f85f14c20000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b93509150506060823d606011611429575b816113d660609383611baa565b810103126101625781519073ffffffffffffffffffffffffffffffffffffffff821682036101625760208301519264ffffffffff8416840361016257604001519160048310156101625792919086610f25565b3d91506113c9565b7f9f1b671d000000000000000000000000000000000000000000000000000000005f526084356004013560045260245ffd5b5060b460843560040135061515610d4f565b346101625760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101625773ffffffffffffffffffffffffffffffffffffffff6114c1611a57565b165f526002602052606060405f2054604051906bffffffffffffffffffffffff8116825267ffffffffffffffff81841c16602083015260a01c6040820152f35b34610162575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36011261016257602060405160b48152f35b346101625760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610162576004355f526003602052608060405f205460ff604051916bffffffffffffffffffffffff811683526bffffffffffffffffffffffff8160601c16602084015264ffffffffff8160c01c16604084015260e81c1615156060820152f35b346101625761161d6115d636611a7a565b6040805173ffffffffffffffffffffffffffffffffffffffff808716825280861660208301529093169083015267ffffffffffffffff166060820152608090209192909190565b91825f52600360205260405f20918254916bffffffffffffffffffffffff8316156117b75773ffffffffffffffffffffffffffffffffffffffff163314159081611796575b5061176657610e1064ffffffffff4216019164ffffffffff831161125b578260209264ffffffffff807fcdafabed0defcf8c80f387e13231825485adac3b6e14f07c6b561a34ad944f9c96169160c01c1611611714575b507d0100000000000000000000000000000000000000000000000000000000007fffff00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffff8254161780915564ffffffffff6040519160c01c168152a2005b81547fffffff0000000000ffffffffffffffffffffffffffffffffffffffffffffffff1660c09190911b7cffffffffff00000000000000000000000000000000000000000000000016178155846116b9565b827f723bbd35000000000000000000000000000000000000000000000000000000005f526004523360245260445ffd5b73ffffffffffffffffffffffffffffffffffffffff91501633141584611662565b847f6ad199d6000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b34610162575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610162576020604051610e108152f35b346101625760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101625773ffffffffffffffffffffffffffffffffffffffff611869611a57565b165f52600460205260206bffffffffffffffffffffffff60405f205416604051908152f35b346101625760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101625773ffffffffffffffffffffffffffffffffffffffff6118da611a57565b165f526005602052602067ffffffffffffffff60405f205416604051908152f35b346101625760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610162576020611934611a57565b61193c611c82565b335f52600482526119d46bffffffffffffffffffffffff60405f2054168092335f526004855260405f207fffffffffffffffffffffffffffffffffffffffff000000000000000000000000815416905560405182815273ffffffffffffffffffffffffffffffffffffffff8216907f6d001bc3c3622d1ee5fce85b88a17acc0f39e3fd4baafac1251bd30ce9e51a97873392a3611cf6565b5f7f9b779b17422d0df92223018b32b4d1fa46e071723d6817e2486d003becc55f005d604051908152f35b3461016257602061019e611a1236611a7a565b9291909273ffffffffffffffffffffffffffffffffffffffff6080948167ffffffffffffffff9481604051971687521660208601521660408401521660608201522090565b6004359073ffffffffffffffffffffffffffffffffffffffff8216820361016257565b7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc60809101126101625760043573ffffffffffffffffffffffffffffffffffffffff81168103610162579060243573ffffffffffffffffffffffffffffffffffffffff81168103610162579060443573ffffffffffffffffffffffffffffffffffffffff81168103610162579060643567ffffffffffffffff811681036101625790565b907fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0601f602080948051918291828752018686015e5f8582860101520116010190565b6080810190811067ffffffffffffffff821117611b7d57604052565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b90601f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0910116810190811067ffffffffffffffff821117611b7d57604052565b906bffffffffffffffffffffffff809116911601906bffffffffffffffffffffffff821161125b57565b906bffffffffffffffffffffffff809116911603906bffffffffffffffffffffffff821161125b57565b3573ffffffffffffffffffffffffffffffffffffffff811681036101625790565b3567ffffffffffffffff811681036101625790565b9190820391821161125b57565b7f9b779b17422d0df92223018b32b4d1fa46e071723d6817e2486d003becc55f005c611cce5760017f9b779b17422d0df92223018b32b4d1fa46e071723d6817e2486d003becc55f005d565b7f3ee5aeb5000000000000000000000000000000000000000000000000000000005f5260045ffd5b906bffffffffffffffffffffffff1690811561055a5773ffffffffffffffffffffffffffffffffffffffff168015611e2f57308114611e04577f000000000000000000000000000000000000000000000000000000000000000091604051917fa9059cbb000000000000000000000000000000000000000000000000000000005f5260045260245260205f60448180865af19060015f5114821615611de3575b60405215611da15750565b73ffffffffffffffffffffffffffffffffffffffff907f5274afe7000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b906001811516611dfb57823b15153d15161690611d96565b503d5f823e3d90fd5b7ff66e9048000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b7fd92e233d000000000000000000000000000000000000000000000000000000005f5260045ffd5b90611e8f929160ff601b7f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff851694821c011690612786565b9192909190565b3564ffffffffff811681036101625790565b356bffffffffffffffffffffffff811681036101625790565b9092915f9364ffffffffff611ed860c08401611e96565b16421161265257805f52600360205260405f209260405193611ef985611b61565b5460ff6bffffffffffffffffffffffff8216918287526bffffffffffffffffffffffff8160601c16602088015264ffffffffff8160c01c16604088015260e81c16151560608601526bffffffffffffffffffffffff611f5a60608601611ea8565b1615908115612609575b506125fc57611f7560408401611c60565b67ffffffffffffffff80611f8b60a08701611c60565b16911614611f9b60808501611e96565b6276a70042019081421161125b5764ffffffffff161180156125d9575b6125cb5773ffffffffffffffffffffffffffffffffffffffff611fda85611c3f565b165f52600260205260405f2090604051916060830183811067ffffffffffffffff821117611b7d57604052546bffffffffffffffffffffffff8116835267ffffffffffffffff8160601c16602084015260a01c604083015261204761204160a08701611c60565b83612ad5565b156125bc576bffffffffffffffffffffffff9061206660608701611ea8565b8284511692839116116125ac571561254e575b61209c6bffffffffffffffffffffffff9161209660608801611ea8565b90611c15565b1681526bffffffffffffffffffffffff6120c46120bb60608701611ea8565b82885116611beb565b1685526120d360808501611e96565b64ffffffffff80604088015116911611612531575b6120f184611c3f565b6120fd60208601611c3f565b61210960408701611c60565b61211560608801611ea8565b61212160808901611e96565b9061212e60a08a01611c60565b9261213b60c08b01611e96565b9460405196602088017f59fb95d27f02d8a9790336235ab7d9d2fa6a98a33a8a207fbc868fe9c2b77f11905273ffffffffffffffffffffffffffffffffffffffff16604088015273ffffffffffffffffffffffffffffffffffffffff16606087015273ffffffffffffffffffffffffffffffffffffffff8816608087015267ffffffffffffffff1660a08601526bffffffffffffffffffffffff1660c085015264ffffffffff1660e084015267ffffffffffffffff1661010083015264ffffffffff16610120820152610120815261221561014082611baa565b8051906020012061222461265d565b9061226191604291604051917f19010000000000000000000000000000000000000000000000000000000000008352600283015260228201522090565b60e08501358536037fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe10181121561016257850180359167ffffffffffffffff83116101625760208201918336038313610162576122d4938060411461251b576040146124e4575090505f5f915f90612786565b505073ffffffffffffffffffffffffffffffffffffffff806122f587611c3f565b169116908114908115916124db575b506124cd5773ffffffffffffffffffffffffffffffffffffffff807f9f03f40044edfa09c4a8380d9f851d7b6722dc387a06d9836f4e16d29b1d1c40936080938261234e89611c3f565b165f90815260026020908152604080832084518584015195830151606096871b73ffffffffffffffff000000000000000000000000166bffffffffffffffffffffffff9283161760a09190911b7fffffffffffffffffffffffff000000000000000000000000000000000000000016179091558a845260038352928190208c518154938e0151928e01519d86015160c08f901b7cffffffffff000000000000000000000000000000000000000000000000169390961b77ffffffffffffffffffffffff0000000000000000000000001694167fffff0000000000000000000000000000000000000000000000000000000000009093168317939093171792151560e81b7dff0000000000000000000000000000000000000000000000000000000000169290921790559764ffffffffff1661248888611c3f565b9867ffffffffffffffff6124aa60406124a360208d01611c3f565b9b01611c60565b856040519b168b521660208a01526040890152606088015216951693a460019190565b505050505090505f90600690565b9050155f612304565b60400135913590601b7f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff84169360ff1c0190612786565b50913590606060408401359301355f1a90612786565b64ffffffffff61254360808601611e96565b1660408601526120e8565b6bffffffffffffffffffffffff8651161561259d57606086015161258e5764ffffffffff6040870151164211156120795750505050505090505f90600890565b50505050505090505f90600790565b50505050505090505f90600290565b5050505050505090505f90600590565b50505050505090505f90600190565b505050505090505f90600390565b50808015611fb857504264ffffffffff6125f560808701611e96565b1610611fb8565b5050505090505f90600490565b905061261760608501611ea8565b906bffffffffffffffffffffffff036bffffffffffffffffffffffff811161125b576bffffffffffffffffffffffff8091169116115f611f64565b50505090505f905f90565b73ffffffffffffffffffffffffffffffffffffffff7f00000000000000000000000000000000000000000000000000000000000000001630148061275d575b156126c5577f000000000000000000000000000000000000000000000000000000000000000090565b60405160208101907f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f82527f000000000000000000000000000000000000000000000000000000000000000060408201527f000000000000000000000000000000000000000000000000000000000000000060608201524660808201523060a082015260a0815261275760c082611baa565b51902090565b507f0000000000000000000000000000000000000000000000000000000000000000461461269c565b91907f7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0841161280a579160209360809260ff5f9560405194855216868401526040830152606082015282805260015afa156104d1575f5173ffffffffffffffffffffffffffffffffffffffff81161561280057905f905f90565b505f906001905f90565b5050505f9160039190565b91909350949391945f9560308401841161125b57830192603084013560a01c93603c8201821161125b57603c81013560a01c95805f52600360205260405f20948554976bffffffffffffffffffffffff89166bffffffffffffffffffffffff8a60601c16998115612a495760c01c64ffffffffff164211612a365789891115612a2357818911612a105788116129fe5760488501851161125b5760548501851161125b576129419260a091604051917f22c4d4d9bf5c981bf98bde11e8a16f27c9517c3394368b9004ecac20dcbe98528352602083015260408201526048850135821c6060820152605485013560808201522090604291604051917f19010000000000000000000000000000000000000000000000000000000000008352600283015260228201522090565b9160748101811161125b57609481011061125b576129808173ffffffffffffffffffffffffffffffffffffffff93607460948695013592013590611e57565b50501691168114908115916129f5575b506129e95780547fffffffffffffffff000000000000000000000000ffffffffffffffffffffffff16606083901b77ffffffffffffffffffffffff000000000000000000000000161790556129e59190611c15565b9190565b50505090505f90600590565b9050155f612990565b50505050505050505090505f90600490565b5050505050505050505090505f90600390565b5050505050505050505090505f90600290565b5050505050505050505090505f90600190565b505050505050505050505090505f905f90565b60ff811690601f8211612a8b5760405191612a78604084611baa565b6020808452838101919036833783525290565b7fb3512b0c000000000000000000000000000000000000000000000000000000005f5260045ffd5b9067ffffffffffffffff8091169116039067ffffffffffffffff821161125b57565b90602082019067ffffffffffffffff82511667ffffffffffffffff8216818110908115612be5575b50612bdd57612b0b91612ab3565b90606067ffffffffffffffff83161015612b6d575b50600167ffffffffffffffff604092161b9101908151906bffffffffffffffffffffffff81831616612b66576bffffffffffffffffffffffff8091169116179052600190565b5050505f90565b90612b82605f67ffffffffffffffff92612ab3565b16906110008211612b66578167ffffffffffffffff8251160167ffffffffffffffff811161125b5767ffffffffffffffff1690526040820180516bffffffffffffffffffffffff90811690921c9091169052605f6001612b20565b505050505f90565b678000000000000000915010155f612afd56",
}

// Escrow is an auto generated Go binding around an Ethereum contract.
type Escrow struct {
	abi abi.ABI
}

// GetABI returns the ABI associated with this contract binding.
func (c *Escrow) GetABI() abi.ABI {
	return c.abi
}

// NewEscrow creates a new instance of Escrow.
func NewEscrow() *Escrow {
	parsed, err := EscrowMetaData.ParseABI()
	if err != nil {
		panic(errors.New("invalid ABI: " + err.Error()))
	}
	return &Escrow{abi: *parsed}
}

// Instance creates a wrapper for a deployed contract instance at the given address.
// Use this to create the instance object passed to abigen v2 library functions Call, Transact, etc.
func (c *Escrow) Instance(backend bind.ContractBackend, addr common.Address) *bind.BoundContract {
	return bind.NewBoundContract(addr, c.abi, backend, backend, backend)
}

// PackConstructor is the Go binding used to pack the parameters required for
// contract deployment.
//
// Solidity: constructor(address token_, address registry_) returns()
func (escrow *Escrow) PackConstructor(token_ common.Address, registry_ common.Address) []byte {
	enc, err := escrow.abi.Pack("", token_, registry_)
	if err != nil {
		panic(err)
	}
	return enc
}

// PackCLOSEDELAY is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x56041de9.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function CLOSE_DELAY() view returns(uint40)
func (escrow *Escrow) PackCLOSEDELAY() []byte {
	enc, err := escrow.abi.Pack("CLOSE_DELAY")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackCLOSEDELAY is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x56041de9.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function CLOSE_DELAY() view returns(uint40)
func (escrow *Escrow) TryPackCLOSEDELAY() ([]byte, error) {
	return escrow.abi.Pack("CLOSE_DELAY")
}

// UnpackCLOSEDELAY is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x56041de9.
//
// Solidity: function CLOSE_DELAY() view returns(uint40)
func (escrow *Escrow) UnpackCLOSEDELAY(data []byte) (*big.Int, error) {
	out, err := escrow.abi.Unpack("CLOSE_DELAY", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackMAXNONCEJUMP is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x80458c06.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function MAX_NONCE_JUMP() view returns(uint64)
func (escrow *Escrow) PackMAXNONCEJUMP() []byte {
	enc, err := escrow.abi.Pack("MAX_NONCE_JUMP")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackMAXNONCEJUMP is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x80458c06.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function MAX_NONCE_JUMP() view returns(uint64)
func (escrow *Escrow) TryPackMAXNONCEJUMP() ([]byte, error) {
	return escrow.abi.Pack("MAX_NONCE_JUMP")
}

// UnpackMAXNONCEJUMP is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x80458c06.
//
// Solidity: function MAX_NONCE_JUMP() view returns(uint64)
func (escrow *Escrow) UnpackMAXNONCEJUMP(data []byte) (uint64, error) {
	out, err := escrow.abi.Unpack("MAX_NONCE_JUMP", data)
	if err != nil {
		return *new(uint64), err
	}
	out0 := *abi.ConvertType(out[0], new(uint64)).(*uint64)
	return out0, nil
}

// PackMAXSESSIONLIFETIME is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf003abca.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function MAX_SESSION_LIFETIME() view returns(uint40)
func (escrow *Escrow) PackMAXSESSIONLIFETIME() []byte {
	enc, err := escrow.abi.Pack("MAX_SESSION_LIFETIME")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackMAXSESSIONLIFETIME is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf003abca.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function MAX_SESSION_LIFETIME() view returns(uint40)
func (escrow *Escrow) TryPackMAXSESSIONLIFETIME() ([]byte, error) {
	return escrow.abi.Pack("MAX_SESSION_LIFETIME")
}

// UnpackMAXSESSIONLIFETIME is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xf003abca.
//
// Solidity: function MAX_SESSION_LIFETIME() view returns(uint40)
func (escrow *Escrow) UnpackMAXSESSIONLIFETIME(data []byte) (*big.Int, error) {
	out, err := escrow.abi.Unpack("MAX_SESSION_LIFETIME", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackROWBYTES is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x5dd1fa97.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function ROW_BYTES() view returns(uint256)
func (escrow *Escrow) PackROWBYTES() []byte {
	enc, err := escrow.abi.Pack("ROW_BYTES")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackROWBYTES is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x5dd1fa97.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function ROW_BYTES() view returns(uint256)
func (escrow *Escrow) TryPackROWBYTES() ([]byte, error) {
	return escrow.abi.Pack("ROW_BYTES")
}

// UnpackROWBYTES is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x5dd1fa97.
//
// Solidity: function ROW_BYTES() view returns(uint256)
func (escrow *Escrow) UnpackROWBYTES(data []byte) (*big.Int, error) {
	out, err := escrow.abi.Unpack("ROW_BYTES", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackAccount is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x73b9aa91.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function account(address owner) view returns(uint96 avail, uint64 nonceBase, uint96 nonceWindow)
func (escrow *Escrow) PackAccount(owner common.Address) []byte {
	enc, err := escrow.abi.Pack("account", owner)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackAccount is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x73b9aa91.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function account(address owner) view returns(uint96 avail, uint64 nonceBase, uint96 nonceWindow)
func (escrow *Escrow) TryPackAccount(owner common.Address) ([]byte, error) {
	return escrow.abi.Pack("account", owner)
}

// AccountOutput serves as a container for the return parameters of contract
// method Account.
type AccountOutput struct {
	Avail       *big.Int
	NonceBase   uint64
	NonceWindow *big.Int
}

// UnpackAccount is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x73b9aa91.
//
// Solidity: function account(address owner) view returns(uint96 avail, uint64 nonceBase, uint96 nonceWindow)
func (escrow *Escrow) UnpackAccount(data []byte) (AccountOutput, error) {
	out, err := escrow.abi.Unpack("account", data)
	outstruct := new(AccountOutput)
	if err != nil {
		return *outstruct, err
	}
	outstruct.Avail = abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	outstruct.NonceBase = *abi.ConvertType(out[1], new(uint64)).(*uint64)
	outstruct.NonceWindow = abi.ConvertType(out[2], new(big.Int)).(*big.Int)
	return *outstruct, nil
}

// PackClaimable is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x402914f5.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function claimable(address operator) view returns(uint96)
func (escrow *Escrow) PackClaimable(operator common.Address) []byte {
	enc, err := escrow.abi.Pack("claimable", operator)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackClaimable is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x402914f5.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function claimable(address operator) view returns(uint96)
func (escrow *Escrow) TryPackClaimable(operator common.Address) ([]byte, error) {
	return escrow.abi.Pack("claimable", operator)
}

// UnpackClaimable is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x402914f5.
//
// Solidity: function claimable(address operator) view returns(uint96)
func (escrow *Escrow) UnpackClaimable(data []byte) (*big.Int, error) {
	out, err := escrow.abi.Unpack("claimable", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackDeposit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe4eae6b7.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function deposit(uint96 amount) returns()
func (escrow *Escrow) PackDeposit(amount *big.Int) []byte {
	enc, err := escrow.abi.Pack("deposit", amount)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackDeposit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe4eae6b7.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function deposit(uint96 amount) returns()
func (escrow *Escrow) TryPackDeposit(amount *big.Int) ([]byte, error) {
	return escrow.abi.Pack("deposit", amount)
}

// PackDomainSeparator is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf698da25.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function domainSeparator() view returns(bytes32)
func (escrow *Escrow) PackDomainSeparator() []byte {
	enc, err := escrow.abi.Pack("domainSeparator")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackDomainSeparator is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf698da25.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function domainSeparator() view returns(bytes32)
func (escrow *Escrow) TryPackDomainSeparator() ([]byte, error) {
	return escrow.abi.Pack("domainSeparator")
}

// UnpackDomainSeparator is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xf698da25.
//
// Solidity: function domainSeparator() view returns(bytes32)
func (escrow *Escrow) UnpackDomainSeparator(data []byte) ([32]byte, error) {
	out, err := escrow.abi.Unpack("domainSeparator", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackEip712Domain is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x84b0196e.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function eip712Domain() view returns(bytes1 fields, string name, string version, uint256 chainId, address verifyingContract, bytes32 salt, uint256[] extensions)
func (escrow *Escrow) PackEip712Domain() []byte {
	enc, err := escrow.abi.Pack("eip712Domain")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackEip712Domain is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x84b0196e.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function eip712Domain() view returns(bytes1 fields, string name, string version, uint256 chainId, address verifyingContract, bytes32 salt, uint256[] extensions)
func (escrow *Escrow) TryPackEip712Domain() ([]byte, error) {
	return escrow.abi.Pack("eip712Domain")
}

// Eip712DomainOutput serves as a container for the return parameters of contract
// method Eip712Domain.
type Eip712DomainOutput struct {
	Fields            [1]byte
	Name              string
	Version           string
	ChainId           *big.Int
	VerifyingContract common.Address
	Salt              [32]byte
	Extensions        []*big.Int
}

// UnpackEip712Domain is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x84b0196e.
//
// Solidity: function eip712Domain() view returns(bytes1 fields, string name, string version, uint256 chainId, address verifyingContract, bytes32 salt, uint256[] extensions)
func (escrow *Escrow) UnpackEip712Domain(data []byte) (Eip712DomainOutput, error) {
	out, err := escrow.abi.Unpack("eip712Domain", data)
	outstruct := new(Eip712DomainOutput)
	if err != nil {
		return *outstruct, err
	}
	outstruct.Fields = *abi.ConvertType(out[0], new([1]byte)).(*[1]byte)
	outstruct.Name = *abi.ConvertType(out[1], new(string)).(*string)
	outstruct.Version = *abi.ConvertType(out[2], new(string)).(*string)
	outstruct.ChainId = abi.ConvertType(out[3], new(big.Int)).(*big.Int)
	outstruct.VerifyingContract = *abi.ConvertType(out[4], new(common.Address)).(*common.Address)
	outstruct.Salt = *abi.ConvertType(out[5], new([32]byte)).(*[32]byte)
	outstruct.Extensions = *abi.ConvertType(out[6], new([]*big.Int)).(*[]*big.Int)
	return *outstruct, nil
}

// PackLastSeq is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x22a9d1cc.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function lastSeq(address pod) view returns(uint64)
func (escrow *Escrow) PackLastSeq(pod common.Address) []byte {
	enc, err := escrow.abi.Pack("lastSeq", pod)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackLastSeq is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x22a9d1cc.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function lastSeq(address pod) view returns(uint64)
func (escrow *Escrow) TryPackLastSeq(pod common.Address) ([]byte, error) {
	return escrow.abi.Pack("lastSeq", pod)
}

// UnpackLastSeq is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x22a9d1cc.
//
// Solidity: function lastSeq(address pod) view returns(uint64)
func (escrow *Escrow) UnpackLastSeq(data []byte) (uint64, error) {
	out, err := escrow.abi.Unpack("lastSeq", data)
	if err != nil {
		return *new(uint64), err
	}
	out0 := *abi.ConvertType(out[0], new(uint64)).(*uint64)
	return out0, nil
}

// PackOpenSessions is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd5c57ad0.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function openSessions(address pod, (address,address,uint64,uint96,uint40,uint64,uint40,bytes)[] opens) returns()
func (escrow *Escrow) PackOpenSessions(pod common.Address, opens []IEscrowOpen) []byte {
	enc, err := escrow.abi.Pack("openSessions", pod, opens)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackOpenSessions is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd5c57ad0.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function openSessions(address pod, (address,address,uint64,uint96,uint40,uint64,uint40,bytes)[] opens) returns()
func (escrow *Escrow) TryPackOpenSessions(pod common.Address, opens []IEscrowOpen) ([]byte, error) {
	return escrow.abi.Pack("openSessions", pod, opens)
}

// PackPayout is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x0b7e9c44.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function payout(address to) returns(uint96 amount)
func (escrow *Escrow) PackPayout(to common.Address) []byte {
	enc, err := escrow.abi.Pack("payout", to)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackPayout is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x0b7e9c44.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function payout(address to) returns(uint96 amount)
func (escrow *Escrow) TryPackPayout(to common.Address) ([]byte, error) {
	return escrow.abi.Pack("payout", to)
}

// UnpackPayout is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x0b7e9c44.
//
// Solidity: function payout(address to) returns(uint96 amount)
func (escrow *Escrow) UnpackPayout(data []byte) (*big.Int, error) {
	out, err := escrow.abi.Unpack("payout", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackRegistry is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7b103999.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function registry() view returns(address)
func (escrow *Escrow) PackRegistry() []byte {
	enc, err := escrow.abi.Pack("registry")
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
func (escrow *Escrow) TryPackRegistry() ([]byte, error) {
	return escrow.abi.Pack("registry")
}

// UnpackRegistry is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x7b103999.
//
// Solidity: function registry() view returns(address)
func (escrow *Escrow) UnpackRegistry(data []byte) (common.Address, error) {
	out, err := escrow.abi.Unpack("registry", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackRelease is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x893c5eb0.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function release(address owner, address signer, address pod, uint64 salt) returns()
func (escrow *Escrow) PackRelease(owner common.Address, signer common.Address, pod common.Address, salt uint64) []byte {
	enc, err := escrow.abi.Pack("release", owner, signer, pod, salt)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackRelease is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x893c5eb0.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function release(address owner, address signer, address pod, uint64 salt) returns()
func (escrow *Escrow) TryPackRelease(owner common.Address, signer common.Address, pod common.Address, salt uint64) ([]byte, error) {
	return escrow.abi.Pack("release", owner, signer, pod, salt)
}

// PackRequestClose is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x569650fa.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function requestClose(address owner, address signer, address pod, uint64 salt) returns()
func (escrow *Escrow) PackRequestClose(owner common.Address, signer common.Address, pod common.Address, salt uint64) []byte {
	enc, err := escrow.abi.Pack("requestClose", owner, signer, pod, salt)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackRequestClose is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x569650fa.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function requestClose(address owner, address signer, address pod, uint64 salt) returns()
func (escrow *Escrow) TryPackRequestClose(owner common.Address, signer common.Address, pod common.Address, salt uint64) ([]byte, error) {
	return escrow.abi.Pack("requestClose", owner, signer, pod, salt)
}

// PackSession is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x5903d97c.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function session(bytes32 sessionId) view returns(uint96 cap, uint96 claimed, uint40 expiry, bool closing)
func (escrow *Escrow) PackSession(sessionId [32]byte) []byte {
	enc, err := escrow.abi.Pack("session", sessionId)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSession is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x5903d97c.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function session(bytes32 sessionId) view returns(uint96 cap, uint96 claimed, uint40 expiry, bool closing)
func (escrow *Escrow) TryPackSession(sessionId [32]byte) ([]byte, error) {
	return escrow.abi.Pack("session", sessionId)
}

// SessionOutput serves as a container for the return parameters of contract
// method Session.
type SessionOutput struct {
	Cap     *big.Int
	Claimed *big.Int
	Expiry  *big.Int
	Closing bool
}

// UnpackSession is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x5903d97c.
//
// Solidity: function session(bytes32 sessionId) view returns(uint96 cap, uint96 claimed, uint40 expiry, bool closing)
func (escrow *Escrow) UnpackSession(data []byte) (SessionOutput, error) {
	out, err := escrow.abi.Unpack("session", data)
	outstruct := new(SessionOutput)
	if err != nil {
		return *outstruct, err
	}
	outstruct.Cap = abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	outstruct.Claimed = abi.ConvertType(out[1], new(big.Int)).(*big.Int)
	outstruct.Expiry = abi.ConvertType(out[2], new(big.Int)).(*big.Int)
	outstruct.Closing = *abi.ConvertType(out[3], new(bool)).(*bool)
	return *outstruct, nil
}

// PackSessionIdOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x00cf580a.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function sessionIdOf(address owner, address signer, address pod, uint64 salt) pure returns(bytes32)
func (escrow *Escrow) PackSessionIdOf(owner common.Address, signer common.Address, pod common.Address, salt uint64) []byte {
	enc, err := escrow.abi.Pack("sessionIdOf", owner, signer, pod, salt)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSessionIdOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x00cf580a.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function sessionIdOf(address owner, address signer, address pod, uint64 salt) pure returns(bytes32)
func (escrow *Escrow) TryPackSessionIdOf(owner common.Address, signer common.Address, pod common.Address, salt uint64) ([]byte, error) {
	return escrow.abi.Pack("sessionIdOf", owner, signer, pod, salt)
}

// UnpackSessionIdOf is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x00cf580a.
//
// Solidity: function sessionIdOf(address owner, address signer, address pod, uint64 salt) pure returns(bytes32)
func (escrow *Escrow) UnpackSessionIdOf(data []byte) ([32]byte, error) {
	out, err := escrow.abi.Unpack("sessionIdOf", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackSettle is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7af8bc55.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function settle(address pod, uint64 seq, bytes32 receiptsRoot, bytes32 keyConfigHash, bytes rows, bytes32 r, bytes32 vs) returns()
func (escrow *Escrow) PackSettle(pod common.Address, seq uint64, receiptsRoot [32]byte, keyConfigHash [32]byte, rows []byte, r [32]byte, vs [32]byte) []byte {
	enc, err := escrow.abi.Pack("settle", pod, seq, receiptsRoot, keyConfigHash, rows, r, vs)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSettle is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7af8bc55.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function settle(address pod, uint64 seq, bytes32 receiptsRoot, bytes32 keyConfigHash, bytes rows, bytes32 r, bytes32 vs) returns()
func (escrow *Escrow) TryPackSettle(pod common.Address, seq uint64, receiptsRoot [32]byte, keyConfigHash [32]byte, rows []byte, r [32]byte, vs [32]byte) ([]byte, error) {
	return escrow.abi.Pack("settle", pod, seq, receiptsRoot, keyConfigHash, rows, r, vs)
}

// PackToken is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xfc0c546a.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function token() view returns(address)
func (escrow *Escrow) PackToken() []byte {
	enc, err := escrow.abi.Pack("token")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackToken is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xfc0c546a.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function token() view returns(address)
func (escrow *Escrow) TryPackToken() ([]byte, error) {
	return escrow.abi.Pack("token")
}

// UnpackToken is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xfc0c546a.
//
// Solidity: function token() view returns(address)
func (escrow *Escrow) UnpackToken(data []byte) (common.Address, error) {
	out, err := escrow.abi.Unpack("token", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackWithdraw is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8c8c3c9d.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function withdraw(address to, uint96 amount) returns()
func (escrow *Escrow) PackWithdraw(to common.Address, amount *big.Int) []byte {
	enc, err := escrow.abi.Pack("withdraw", to, amount)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackWithdraw is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8c8c3c9d.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function withdraw(address to, uint96 amount) returns()
func (escrow *Escrow) TryPackWithdraw(to common.Address, amount *big.Int) ([]byte, error) {
	return escrow.abi.Pack("withdraw", to, amount)
}

// EscrowCloseRequested represents a CloseRequested event raised by the Escrow contract.
type EscrowCloseRequested struct {
	SessionId [32]byte
	Expiry    *big.Int
	Raw       *types.Log // Blockchain specific contextual infos
}

const EscrowCloseRequestedEventName = "CloseRequested"

// ContractEventName returns the user-defined event name.
func (EscrowCloseRequested) ContractEventName() string {
	return EscrowCloseRequestedEventName
}

// UnpackCloseRequestedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event CloseRequested(bytes32 indexed sessionId, uint40 expiry)
func (escrow *Escrow) UnpackCloseRequestedEvent(log *types.Log) (*EscrowCloseRequested, error) {
	event := "CloseRequested"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != escrow.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(EscrowCloseRequested)
	if len(log.Data) > 0 {
		if err := escrow.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range escrow.abi.Events[event].Inputs {
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

// EscrowDeposited represents a Deposited event raised by the Escrow contract.
type EscrowDeposited struct {
	Owner  common.Address
	From   common.Address
	Amount *big.Int
	Raw    *types.Log // Blockchain specific contextual infos
}

const EscrowDepositedEventName = "Deposited"

// ContractEventName returns the user-defined event name.
func (EscrowDeposited) ContractEventName() string {
	return EscrowDepositedEventName
}

// UnpackDepositedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Deposited(address indexed owner, address indexed from, uint96 amount)
func (escrow *Escrow) UnpackDepositedEvent(log *types.Log) (*EscrowDeposited, error) {
	event := "Deposited"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != escrow.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(EscrowDeposited)
	if len(log.Data) > 0 {
		if err := escrow.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range escrow.abi.Events[event].Inputs {
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

// EscrowEIP712DomainChanged represents a EIP712DomainChanged event raised by the Escrow contract.
type EscrowEIP712DomainChanged struct {
	Raw *types.Log // Blockchain specific contextual infos
}

const EscrowEIP712DomainChangedEventName = "EIP712DomainChanged"

// ContractEventName returns the user-defined event name.
func (EscrowEIP712DomainChanged) ContractEventName() string {
	return EscrowEIP712DomainChangedEventName
}

// UnpackEIP712DomainChangedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event EIP712DomainChanged()
func (escrow *Escrow) UnpackEIP712DomainChangedEvent(log *types.Log) (*EscrowEIP712DomainChanged, error) {
	event := "EIP712DomainChanged"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != escrow.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(EscrowEIP712DomainChanged)
	if len(log.Data) > 0 {
		if err := escrow.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range escrow.abi.Events[event].Inputs {
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

// EscrowOpenSkipped represents a OpenSkipped event raised by the Escrow contract.
type EscrowOpenSkipped struct {
	SessionId [32]byte
	Owner     common.Address
	Pod       common.Address
	Nonce     uint64
	Reason    uint8
	Raw       *types.Log // Blockchain specific contextual infos
}

const EscrowOpenSkippedEventName = "OpenSkipped"

// ContractEventName returns the user-defined event name.
func (EscrowOpenSkipped) ContractEventName() string {
	return EscrowOpenSkippedEventName
}

// UnpackOpenSkippedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event OpenSkipped(bytes32 indexed sessionId, address indexed owner, address indexed pod, uint64 nonce, uint8 reason)
func (escrow *Escrow) UnpackOpenSkippedEvent(log *types.Log) (*EscrowOpenSkipped, error) {
	event := "OpenSkipped"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != escrow.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(EscrowOpenSkipped)
	if len(log.Data) > 0 {
		if err := escrow.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range escrow.abi.Events[event].Inputs {
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

// EscrowPaidOut represents a PaidOut event raised by the Escrow contract.
type EscrowPaidOut struct {
	Operator common.Address
	To       common.Address
	Amount   *big.Int
	Raw      *types.Log // Blockchain specific contextual infos
}

const EscrowPaidOutEventName = "PaidOut"

// ContractEventName returns the user-defined event name.
func (EscrowPaidOut) ContractEventName() string {
	return EscrowPaidOutEventName
}

// UnpackPaidOutEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event PaidOut(address indexed operator, address indexed to, uint96 amount)
func (escrow *Escrow) UnpackPaidOutEvent(log *types.Log) (*EscrowPaidOut, error) {
	event := "PaidOut"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != escrow.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(EscrowPaidOut)
	if len(log.Data) > 0 {
		if err := escrow.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range escrow.abi.Events[event].Inputs {
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

// EscrowReleased represents a Released event raised by the Escrow contract.
type EscrowReleased struct {
	SessionId [32]byte
	Owner     common.Address
	Amount    *big.Int
	Raw       *types.Log // Blockchain specific contextual infos
}

const EscrowReleasedEventName = "Released"

// ContractEventName returns the user-defined event name.
func (EscrowReleased) ContractEventName() string {
	return EscrowReleasedEventName
}

// UnpackReleasedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Released(bytes32 indexed sessionId, address indexed owner, uint96 amount)
func (escrow *Escrow) UnpackReleasedEvent(log *types.Log) (*EscrowReleased, error) {
	event := "Released"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != escrow.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(EscrowReleased)
	if len(log.Data) > 0 {
		if err := escrow.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range escrow.abi.Events[event].Inputs {
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

// EscrowRowSkipped represents a RowSkipped event raised by the Escrow contract.
type EscrowRowSkipped struct {
	Pod       common.Address
	Seq       uint64
	SessionId [32]byte
	Row       *big.Int
	Reason    uint8
	Raw       *types.Log // Blockchain specific contextual infos
}

const EscrowRowSkippedEventName = "RowSkipped"

// ContractEventName returns the user-defined event name.
func (EscrowRowSkipped) ContractEventName() string {
	return EscrowRowSkippedEventName
}

// UnpackRowSkippedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event RowSkipped(address indexed pod, uint64 indexed seq, bytes32 indexed sessionId, uint256 row, uint8 reason)
func (escrow *Escrow) UnpackRowSkippedEvent(log *types.Log) (*EscrowRowSkipped, error) {
	event := "RowSkipped"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != escrow.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(EscrowRowSkipped)
	if len(log.Data) > 0 {
		if err := escrow.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range escrow.abi.Events[event].Inputs {
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

// EscrowSessionOpened represents a SessionOpened event raised by the Escrow contract.
type EscrowSessionOpened struct {
	SessionId [32]byte
	Owner     common.Address
	Pod       common.Address
	Signer    common.Address
	Salt      uint64
	Cap       *big.Int
	Expiry    *big.Int
	Raw       *types.Log // Blockchain specific contextual infos
}

const EscrowSessionOpenedEventName = "SessionOpened"

// ContractEventName returns the user-defined event name.
func (EscrowSessionOpened) ContractEventName() string {
	return EscrowSessionOpenedEventName
}

// UnpackSessionOpenedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event SessionOpened(bytes32 indexed sessionId, address indexed owner, address indexed pod, address signer, uint64 salt, uint96 cap, uint40 expiry)
func (escrow *Escrow) UnpackSessionOpenedEvent(log *types.Log) (*EscrowSessionOpened, error) {
	event := "SessionOpened"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != escrow.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(EscrowSessionOpened)
	if len(log.Data) > 0 {
		if err := escrow.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range escrow.abi.Events[event].Inputs {
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

// EscrowSettled represents a Settled event raised by the Escrow contract.
type EscrowSettled struct {
	Pod           common.Address
	Seq           uint64
	ReceiptsRoot  [32]byte
	KeyConfigHash [32]byte
	Rows          *big.Int
	Charged       *big.Int
	Raw           *types.Log // Blockchain specific contextual infos
}

const EscrowSettledEventName = "Settled"

// ContractEventName returns the user-defined event name.
func (EscrowSettled) ContractEventName() string {
	return EscrowSettledEventName
}

// UnpackSettledEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Settled(address indexed pod, uint64 indexed seq, bytes32 receiptsRoot, bytes32 keyConfigHash, uint256 rows, uint96 charged)
func (escrow *Escrow) UnpackSettledEvent(log *types.Log) (*EscrowSettled, error) {
	event := "Settled"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != escrow.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(EscrowSettled)
	if len(log.Data) > 0 {
		if err := escrow.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range escrow.abi.Events[event].Inputs {
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

// EscrowWithdrawn represents a Withdrawn event raised by the Escrow contract.
type EscrowWithdrawn struct {
	Owner  common.Address
	To     common.Address
	Amount *big.Int
	Raw    *types.Log // Blockchain specific contextual infos
}

const EscrowWithdrawnEventName = "Withdrawn"

// ContractEventName returns the user-defined event name.
func (EscrowWithdrawn) ContractEventName() string {
	return EscrowWithdrawnEventName
}

// UnpackWithdrawnEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Withdrawn(address indexed owner, address indexed to, uint96 amount)
func (escrow *Escrow) UnpackWithdrawnEvent(log *types.Log) (*EscrowWithdrawn, error) {
	event := "Withdrawn"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != escrow.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(EscrowWithdrawn)
	if len(log.Data) > 0 {
		if err := escrow.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range escrow.abi.Events[event].Inputs {
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
func (escrow *Escrow) UnpackError(raw []byte) (any, error) {
	if len(raw) < 4 {
		return nil, errors.New("revert data is shorter than an error's selector")
	}
	if bytes.Equal(raw[:4], escrow.abi.Errors["AmountTooLarge"].ID.Bytes()[:4]) {
		return escrow.UnpackAmountTooLargeError(raw[4:])
	}
	if bytes.Equal(raw[:4], escrow.abi.Errors["BadBatchSignature"].ID.Bytes()[:4]) {
		return escrow.UnpackBadBatchSignatureError(raw[4:])
	}
	if bytes.Equal(raw[:4], escrow.abi.Errors["BadRecipient"].ID.Bytes()[:4]) {
		return escrow.UnpackBadRecipientError(raw[4:])
	}
	if bytes.Equal(raw[:4], escrow.abi.Errors["BadRows"].ID.Bytes()[:4]) {
		return escrow.UnpackBadRowsError(raw[4:])
	}
	if bytes.Equal(raw[:4], escrow.abi.Errors["BadSequence"].ID.Bytes()[:4]) {
		return escrow.UnpackBadSequenceError(raw[4:])
	}
	if bytes.Equal(raw[:4], escrow.abi.Errors["IdentityExpired"].ID.Bytes()[:4]) {
		return escrow.UnpackIdentityExpiredError(raw[4:])
	}
	if bytes.Equal(raw[:4], escrow.abi.Errors["IdentityRevoked"].ID.Bytes()[:4]) {
		return escrow.UnpackIdentityRevokedError(raw[4:])
	}
	if bytes.Equal(raw[:4], escrow.abi.Errors["InsufficientBalance"].ID.Bytes()[:4]) {
		return escrow.UnpackInsufficientBalanceError(raw[4:])
	}
	if bytes.Equal(raw[:4], escrow.abi.Errors["InvalidShortString"].ID.Bytes()[:4]) {
		return escrow.UnpackInvalidShortStringError(raw[4:])
	}
	if bytes.Equal(raw[:4], escrow.abi.Errors["NoSession"].ID.Bytes()[:4]) {
		return escrow.UnpackNoSessionError(raw[4:])
	}
	if bytes.Equal(raw[:4], escrow.abi.Errors["NotExpired"].ID.Bytes()[:4]) {
		return escrow.UnpackNotExpiredError(raw[4:])
	}
	if bytes.Equal(raw[:4], escrow.abi.Errors["NotParty"].ID.Bytes()[:4]) {
		return escrow.UnpackNotPartyError(raw[4:])
	}
	if bytes.Equal(raw[:4], escrow.abi.Errors["ReentrancyGuardReentrantCall"].ID.Bytes()[:4]) {
		return escrow.UnpackReentrancyGuardReentrantCallError(raw[4:])
	}
	if bytes.Equal(raw[:4], escrow.abi.Errors["SafeERC20FailedOperation"].ID.Bytes()[:4]) {
		return escrow.UnpackSafeERC20FailedOperationError(raw[4:])
	}
	if bytes.Equal(raw[:4], escrow.abi.Errors["StringTooLong"].ID.Bytes()[:4]) {
		return escrow.UnpackStringTooLongError(raw[4:])
	}
	if bytes.Equal(raw[:4], escrow.abi.Errors["UnknownPod"].ID.Bytes()[:4]) {
		return escrow.UnpackUnknownPodError(raw[4:])
	}
	if bytes.Equal(raw[:4], escrow.abi.Errors["UnsupportedToken"].ID.Bytes()[:4]) {
		return escrow.UnpackUnsupportedTokenError(raw[4:])
	}
	if bytes.Equal(raw[:4], escrow.abi.Errors["WrongRegistry"].ID.Bytes()[:4]) {
		return escrow.UnpackWrongRegistryError(raw[4:])
	}
	if bytes.Equal(raw[:4], escrow.abi.Errors["ZeroAddress"].ID.Bytes()[:4]) {
		return escrow.UnpackZeroAddressError(raw[4:])
	}
	if bytes.Equal(raw[:4], escrow.abi.Errors["ZeroAmount"].ID.Bytes()[:4]) {
		return escrow.UnpackZeroAmountError(raw[4:])
	}
	return nil, errors.New("unknown error")
}

// EscrowAmountTooLarge represents a AmountTooLarge error raised by the Escrow contract.
type EscrowAmountTooLarge struct {
	Amount *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error AmountTooLarge(uint256 amount)
func EscrowAmountTooLargeErrorID() common.Hash {
	return common.HexToHash("0x08083b2a16b607736bde3b2f81a2e47b6cddd068539243b1d8b47462dd533e58")
}

// UnpackAmountTooLargeError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error AmountTooLarge(uint256 amount)
func (escrow *Escrow) UnpackAmountTooLargeError(raw []byte) (*EscrowAmountTooLarge, error) {
	out := new(EscrowAmountTooLarge)
	if err := escrow.abi.UnpackIntoInterface(out, "AmountTooLarge", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// EscrowBadBatchSignature represents a BadBatchSignature error raised by the Escrow contract.
type EscrowBadBatchSignature struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BadBatchSignature()
func EscrowBadBatchSignatureErrorID() common.Hash {
	return common.HexToHash("0x0cd927f93a8df7cdd8d4e5ea35839b928c7209973ee008dcace84f2c38f893e5")
}

// UnpackBadBatchSignatureError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BadBatchSignature()
func (escrow *Escrow) UnpackBadBatchSignatureError(raw []byte) (*EscrowBadBatchSignature, error) {
	out := new(EscrowBadBatchSignature)
	if err := escrow.abi.UnpackIntoInterface(out, "BadBatchSignature", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// EscrowBadRecipient represents a BadRecipient error raised by the Escrow contract.
type EscrowBadRecipient struct {
	To common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BadRecipient(address to)
func EscrowBadRecipientErrorID() common.Hash {
	return common.HexToHash("0xf66e904851b37b80accff44adee209ff00dc29eeb445bb1edb327e45cf1f9315")
}

// UnpackBadRecipientError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BadRecipient(address to)
func (escrow *Escrow) UnpackBadRecipientError(raw []byte) (*EscrowBadRecipient, error) {
	out := new(EscrowBadRecipient)
	if err := escrow.abi.UnpackIntoInterface(out, "BadRecipient", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// EscrowBadRows represents a BadRows error raised by the Escrow contract.
type EscrowBadRows struct {
	Length *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BadRows(uint256 length)
func EscrowBadRowsErrorID() common.Hash {
	return common.HexToHash("0x9f1b671d21e27ca3b356e1de171e9346bf480354828f3e4174d8f8fd4cc06d51")
}

// UnpackBadRowsError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BadRows(uint256 length)
func (escrow *Escrow) UnpackBadRowsError(raw []byte) (*EscrowBadRows, error) {
	out := new(EscrowBadRows)
	if err := escrow.abi.UnpackIntoInterface(out, "BadRows", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// EscrowBadSequence represents a BadSequence error raised by the Escrow contract.
type EscrowBadSequence struct {
	Seq      uint64
	Expected uint64
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BadSequence(uint64 seq, uint64 expected)
func EscrowBadSequenceErrorID() common.Hash {
	return common.HexToHash("0x607f66d9f1a16b74e894ba6082ee22f0f25bfae4cbe6eb7d5e10a221bde308c1")
}

// UnpackBadSequenceError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BadSequence(uint64 seq, uint64 expected)
func (escrow *Escrow) UnpackBadSequenceError(raw []byte) (*EscrowBadSequence, error) {
	out := new(EscrowBadSequence)
	if err := escrow.abi.UnpackIntoInterface(out, "BadSequence", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// EscrowIdentityExpired represents a IdentityExpired error raised by the Escrow contract.
type EscrowIdentityExpired struct {
	Pod        common.Address
	ValidUntil *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error IdentityExpired(address pod, uint40 validUntil)
func EscrowIdentityExpiredErrorID() common.Hash {
	return common.HexToHash("0x5fba86326d30bf5fd90b2f667018e50719a8c3b8c48cfedb02cc02157e306cc1")
}

// UnpackIdentityExpiredError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error IdentityExpired(address pod, uint40 validUntil)
func (escrow *Escrow) UnpackIdentityExpiredError(raw []byte) (*EscrowIdentityExpired, error) {
	out := new(EscrowIdentityExpired)
	if err := escrow.abi.UnpackIntoInterface(out, "IdentityExpired", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// EscrowIdentityRevoked represents a IdentityRevoked error raised by the Escrow contract.
type EscrowIdentityRevoked struct {
	Pod      common.Address
	Identity common.Address
	Standing uint8
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error IdentityRevoked(address pod, address identity, uint8 standing)
func EscrowIdentityRevokedErrorID() common.Hash {
	return common.HexToHash("0xd4548e25baf029e5bbd72051fa8b65b0de080b23cdbd1d2935fd1b979a07e367")
}

// UnpackIdentityRevokedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error IdentityRevoked(address pod, address identity, uint8 standing)
func (escrow *Escrow) UnpackIdentityRevokedError(raw []byte) (*EscrowIdentityRevoked, error) {
	out := new(EscrowIdentityRevoked)
	if err := escrow.abi.UnpackIntoInterface(out, "IdentityRevoked", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// EscrowInsufficientBalance represents a InsufficientBalance error raised by the Escrow contract.
type EscrowInsufficientBalance struct {
	Available *big.Int
	Asked     *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error InsufficientBalance(uint96 available, uint96 asked)
func EscrowInsufficientBalanceErrorID() common.Hash {
	return common.HexToHash("0x42b8394aea81571c1f43b8b653d0946d605dc0fba0658384d44302c837590e21")
}

// UnpackInsufficientBalanceError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error InsufficientBalance(uint96 available, uint96 asked)
func (escrow *Escrow) UnpackInsufficientBalanceError(raw []byte) (*EscrowInsufficientBalance, error) {
	out := new(EscrowInsufficientBalance)
	if err := escrow.abi.UnpackIntoInterface(out, "InsufficientBalance", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// EscrowInvalidShortString represents a InvalidShortString error raised by the Escrow contract.
type EscrowInvalidShortString struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error InvalidShortString()
func EscrowInvalidShortStringErrorID() common.Hash {
	return common.HexToHash("0xb3512b0c6163e5f0bafab72bb631b9d58cd7a731b082f910338aa21c83d5c274")
}

// UnpackInvalidShortStringError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error InvalidShortString()
func (escrow *Escrow) UnpackInvalidShortStringError(raw []byte) (*EscrowInvalidShortString, error) {
	out := new(EscrowInvalidShortString)
	if err := escrow.abi.UnpackIntoInterface(out, "InvalidShortString", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// EscrowNoSession represents a NoSession error raised by the Escrow contract.
type EscrowNoSession struct {
	SessionId [32]byte
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NoSession(bytes32 sessionId)
func EscrowNoSessionErrorID() common.Hash {
	return common.HexToHash("0x6ad199d69fcb87c660036e9a2e807c545c0e48e5e8c10b96310aa5bf238e2a59")
}

// UnpackNoSessionError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NoSession(bytes32 sessionId)
func (escrow *Escrow) UnpackNoSessionError(raw []byte) (*EscrowNoSession, error) {
	out := new(EscrowNoSession)
	if err := escrow.abi.UnpackIntoInterface(out, "NoSession", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// EscrowNotExpired represents a NotExpired error raised by the Escrow contract.
type EscrowNotExpired struct {
	SessionId [32]byte
	Expiry    *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotExpired(bytes32 sessionId, uint40 expiry)
func EscrowNotExpiredErrorID() common.Hash {
	return common.HexToHash("0x12395c742800e5078e0f28313c24aac11f3055a7d07121c102f3aedfe5d9841d")
}

// UnpackNotExpiredError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotExpired(bytes32 sessionId, uint40 expiry)
func (escrow *Escrow) UnpackNotExpiredError(raw []byte) (*EscrowNotExpired, error) {
	out := new(EscrowNotExpired)
	if err := escrow.abi.UnpackIntoInterface(out, "NotExpired", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// EscrowNotParty represents a NotParty error raised by the Escrow contract.
type EscrowNotParty struct {
	SessionId [32]byte
	Caller    common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotParty(bytes32 sessionId, address caller)
func EscrowNotPartyErrorID() common.Hash {
	return common.HexToHash("0x723bbd355e730fee06217900ed2b0ad6654bbcf157a7f8e88545aeb9ce5161c9")
}

// UnpackNotPartyError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotParty(bytes32 sessionId, address caller)
func (escrow *Escrow) UnpackNotPartyError(raw []byte) (*EscrowNotParty, error) {
	out := new(EscrowNotParty)
	if err := escrow.abi.UnpackIntoInterface(out, "NotParty", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// EscrowReentrancyGuardReentrantCall represents a ReentrancyGuardReentrantCall error raised by the Escrow contract.
type EscrowReentrancyGuardReentrantCall struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ReentrancyGuardReentrantCall()
func EscrowReentrancyGuardReentrantCallErrorID() common.Hash {
	return common.HexToHash("0x3ee5aeb571de7fc460830b4d0017439a1ca56fb0bc39062227ade4fe4a24c1ca")
}

// UnpackReentrancyGuardReentrantCallError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ReentrancyGuardReentrantCall()
func (escrow *Escrow) UnpackReentrancyGuardReentrantCallError(raw []byte) (*EscrowReentrancyGuardReentrantCall, error) {
	out := new(EscrowReentrancyGuardReentrantCall)
	if err := escrow.abi.UnpackIntoInterface(out, "ReentrancyGuardReentrantCall", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// EscrowSafeERC20FailedOperation represents a SafeERC20FailedOperation error raised by the Escrow contract.
type EscrowSafeERC20FailedOperation struct {
	Token common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error SafeERC20FailedOperation(address token)
func EscrowSafeERC20FailedOperationErrorID() common.Hash {
	return common.HexToHash("0x5274afe73c98b4749fc91ffae6b7b574e7842cb2144a159e9377a5f20b32edf9")
}

// UnpackSafeERC20FailedOperationError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error SafeERC20FailedOperation(address token)
func (escrow *Escrow) UnpackSafeERC20FailedOperationError(raw []byte) (*EscrowSafeERC20FailedOperation, error) {
	out := new(EscrowSafeERC20FailedOperation)
	if err := escrow.abi.UnpackIntoInterface(out, "SafeERC20FailedOperation", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// EscrowStringTooLong represents a StringTooLong error raised by the Escrow contract.
type EscrowStringTooLong struct {
	Str string
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error StringTooLong(string str)
func EscrowStringTooLongErrorID() common.Hash {
	return common.HexToHash("0x305a27a93f8e33b7392df0a0f91d6fc63847395853c45991eec52dbf24d72381")
}

// UnpackStringTooLongError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error StringTooLong(string str)
func (escrow *Escrow) UnpackStringTooLongError(raw []byte) (*EscrowStringTooLong, error) {
	out := new(EscrowStringTooLong)
	if err := escrow.abi.UnpackIntoInterface(out, "StringTooLong", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// EscrowUnknownPod represents a UnknownPod error raised by the Escrow contract.
type EscrowUnknownPod struct {
	Pod common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error UnknownPod(address pod)
func EscrowUnknownPodErrorID() common.Hash {
	return common.HexToHash("0x85f14c2015f34e3f0775007f3f927b5469d2362c135a9db777ec7377ece65dfb")
}

// UnpackUnknownPodError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error UnknownPod(address pod)
func (escrow *Escrow) UnpackUnknownPodError(raw []byte) (*EscrowUnknownPod, error) {
	out := new(EscrowUnknownPod)
	if err := escrow.abi.UnpackIntoInterface(out, "UnknownPod", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// EscrowUnsupportedToken represents a UnsupportedToken error raised by the Escrow contract.
type EscrowUnsupportedToken struct {
	Asked   *big.Int
	Arrived *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error UnsupportedToken(uint256 asked, uint256 arrived)
func EscrowUnsupportedTokenErrorID() common.Hash {
	return common.HexToHash("0x917f56c42b0ae4ee10e5cba8317e898518b4d8dae3091aee82741147bcfe3218")
}

// UnpackUnsupportedTokenError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error UnsupportedToken(uint256 asked, uint256 arrived)
func (escrow *Escrow) UnpackUnsupportedTokenError(raw []byte) (*EscrowUnsupportedToken, error) {
	out := new(EscrowUnsupportedToken)
	if err := escrow.abi.UnpackIntoInterface(out, "UnsupportedToken", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// EscrowWrongRegistry represents a WrongRegistry error raised by the Escrow contract.
type EscrowWrongRegistry struct {
	Registry  common.Address
	ItsEscrow common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error WrongRegistry(address registry, address itsEscrow)
func EscrowWrongRegistryErrorID() common.Hash {
	return common.HexToHash("0xa1afd82a3856b0bfe548c4a734e0e79fa4ce3fe5323b9fa515601eaeda5cf696")
}

// UnpackWrongRegistryError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error WrongRegistry(address registry, address itsEscrow)
func (escrow *Escrow) UnpackWrongRegistryError(raw []byte) (*EscrowWrongRegistry, error) {
	out := new(EscrowWrongRegistry)
	if err := escrow.abi.UnpackIntoInterface(out, "WrongRegistry", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// EscrowZeroAddress represents a ZeroAddress error raised by the Escrow contract.
type EscrowZeroAddress struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ZeroAddress()
func EscrowZeroAddressErrorID() common.Hash {
	return common.HexToHash("0xd92e233df2717d4a40030e20904abd27b68fcbeede117eaaccbbdac9618c8c73")
}

// UnpackZeroAddressError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ZeroAddress()
func (escrow *Escrow) UnpackZeroAddressError(raw []byte) (*EscrowZeroAddress, error) {
	out := new(EscrowZeroAddress)
	if err := escrow.abi.UnpackIntoInterface(out, "ZeroAddress", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// EscrowZeroAmount represents a ZeroAmount error raised by the Escrow contract.
type EscrowZeroAmount struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ZeroAmount()
func EscrowZeroAmountErrorID() common.Hash {
	return common.HexToHash("0x1f2a2005cb66a8e145327e8814e243a0996aec9bfe1e15a495778b1236dbd485")
}

// UnpackZeroAmountError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ZeroAmount()
func (escrow *Escrow) UnpackZeroAmountError(raw []byte) (*EscrowZeroAmount, error) {
	out := new(EscrowZeroAmount)
	if err := escrow.abi.UnpackIntoInterface(out, "ZeroAmount", raw); err != nil {
		return nil, err
	}
	return out, nil
}
