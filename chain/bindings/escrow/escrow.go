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
	ABI: "[{\"type\":\"constructor\",\"inputs\":[{\"name\":\"token_\",\"type\":\"address\",\"internalType\":\"contractIERC20\"},{\"name\":\"registry_\",\"type\":\"address\",\"internalType\":\"contractIPodRegistry\"}],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"ACKED_ROW_BYTES\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"CLOSE_DELAY\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint40\",\"internalType\":\"uint40\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"MAX_DELEGATE_NONCE_JUMP\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint64\",\"internalType\":\"uint64\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"MAX_NONCE_JUMP\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint64\",\"internalType\":\"uint64\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"MAX_SESSION_LIFETIME\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint40\",\"internalType\":\"uint40\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"ROW_BYTES\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"account\",\"inputs\":[{\"name\":\"owner\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[{\"name\":\"avail\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"nonceBase\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"nonceWindow\",\"type\":\"uint96\",\"internalType\":\"uint96\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"claimable\",\"inputs\":[{\"name\":\"pod\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint96\",\"internalType\":\"uint96\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"closeNow\",\"inputs\":[{\"name\":\"pod\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"row\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"deadline\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"r\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"vs\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"delegate\",\"inputs\":[{\"name\":\"owner\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"key\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[{\"name\":\"cap\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"used\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"expiry\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"nonceBase\",\"type\":\"uint24\",\"internalType\":\"uint24\"},{\"name\":\"nonceWindow\",\"type\":\"uint8\",\"internalType\":\"uint8\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"deposit\",\"inputs\":[{\"name\":\"amount\",\"type\":\"uint96\",\"internalType\":\"uint96\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"depositFor\",\"inputs\":[{\"name\":\"owner\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"amount\",\"type\":\"uint96\",\"internalType\":\"uint96\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"depositWithAuthorization\",\"inputs\":[{\"name\":\"holder\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"amount\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"validAfter\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"validBefore\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"nonce\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"v\",\"type\":\"uint8\",\"internalType\":\"uint8\"},{\"name\":\"r\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"s\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"depositWithPermit\",\"inputs\":[{\"name\":\"holder\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"amount\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"deadline\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"v\",\"type\":\"uint8\",\"internalType\":\"uint8\"},{\"name\":\"r\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"s\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"domainSeparator\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"eip712Domain\",\"inputs\":[],\"outputs\":[{\"name\":\"fields\",\"type\":\"bytes1\",\"internalType\":\"bytes1\"},{\"name\":\"name\",\"type\":\"string\",\"internalType\":\"string\"},{\"name\":\"version\",\"type\":\"string\",\"internalType\":\"string\"},{\"name\":\"chainId\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"verifyingContract\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"salt\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"extensions\",\"type\":\"uint256[]\",\"internalType\":\"uint256[]\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"lastSeq\",\"inputs\":[{\"name\":\"pod\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint64\",\"internalType\":\"uint64\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"openSessions\",\"inputs\":[{\"name\":\"pod\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"opens\",\"type\":\"tuple[]\",\"internalType\":\"structIEscrow.Open[]\",\"components\":[{\"name\":\"owner\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"signer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"salt\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"cap\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"expiry\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"nonce\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"deadline\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"signature\",\"type\":\"bytes\",\"internalType\":\"bytes\"}]}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"paused\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"bool\",\"internalType\":\"bool\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"payout\",\"inputs\":[{\"name\":\"pods\",\"type\":\"address[]\",\"internalType\":\"address[]\"},{\"name\":\"to\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[{\"name\":\"amount\",\"type\":\"uint96\",\"internalType\":\"uint96\"}],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"registry\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"address\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"release\",\"inputs\":[{\"name\":\"owner\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"signer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"pod\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"salt\",\"type\":\"uint64\",\"internalType\":\"uint64\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"requestClose\",\"inputs\":[{\"name\":\"owner\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"signer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"pod\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"salt\",\"type\":\"uint64\",\"internalType\":\"uint64\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"requestCloseFor\",\"inputs\":[{\"name\":\"owner\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"signer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"pod\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"salt\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"deadline\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"signature\",\"type\":\"bytes\",\"internalType\":\"bytes\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"session\",\"inputs\":[{\"name\":\"sessionId\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[{\"name\":\"cap\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"claimed\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"expiry\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"closing\",\"type\":\"bool\",\"internalType\":\"bool\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"sessionIdOf\",\"inputs\":[{\"name\":\"owner\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"signer\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"pod\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"salt\",\"type\":\"uint64\",\"internalType\":\"uint64\"}],\"outputs\":[{\"name\":\"\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"stateMutability\":\"pure\"},{\"type\":\"function\",\"name\":\"setDelegate\",\"inputs\":[{\"name\":\"key\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"cap\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"expiry\",\"type\":\"uint32\",\"internalType\":\"uint32\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"setDelegateFor\",\"inputs\":[{\"name\":\"owner\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"key\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"cap\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"expiry\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"nonce\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"deadline\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"signature\",\"type\":\"bytes\",\"internalType\":\"bytes\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"setPaused\",\"inputs\":[{\"name\":\"paused_\",\"type\":\"bool\",\"internalType\":\"bool\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"settle\",\"inputs\":[{\"name\":\"pod\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"seq\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"receiptsRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"keyConfigHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"rows\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"r\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"vs\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"settleAcked\",\"inputs\":[{\"name\":\"pod\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"rows\",\"type\":\"bytes\",\"internalType\":\"bytes\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"token\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"address\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"withdraw\",\"inputs\":[{\"name\":\"to\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"amount\",\"type\":\"uint96\",\"internalType\":\"uint96\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"withdrawFor\",\"inputs\":[{\"name\":\"owner\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"to\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"amount\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"fee\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"nonce\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"deadline\",\"type\":\"uint40\",\"internalType\":\"uint40\"},{\"name\":\"signature\",\"type\":\"bytes\",\"internalType\":\"bytes\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"event\",\"name\":\"CloseRequested\",\"inputs\":[{\"name\":\"sessionId\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"expiry\",\"type\":\"uint40\",\"indexed\":false,\"internalType\":\"uint40\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Closed\",\"inputs\":[{\"name\":\"sessionId\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"owner\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"charged\",\"type\":\"uint96\",\"indexed\":false,\"internalType\":\"uint96\"},{\"name\":\"amount\",\"type\":\"uint96\",\"indexed\":false,\"internalType\":\"uint96\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"DelegateSet\",\"inputs\":[{\"name\":\"owner\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"delegate\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"cap\",\"type\":\"uint96\",\"indexed\":false,\"internalType\":\"uint96\"},{\"name\":\"expiry\",\"type\":\"uint32\",\"indexed\":false,\"internalType\":\"uint32\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Deposited\",\"inputs\":[{\"name\":\"owner\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"from\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"amount\",\"type\":\"uint96\",\"indexed\":false,\"internalType\":\"uint96\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"EIP712DomainChanged\",\"inputs\":[],\"anonymous\":false},{\"type\":\"event\",\"name\":\"OpenSkipped\",\"inputs\":[{\"name\":\"sessionId\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"owner\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"pod\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"nonce\",\"type\":\"uint64\",\"indexed\":false,\"internalType\":\"uint64\"},{\"name\":\"reason\",\"type\":\"uint8\",\"indexed\":false,\"internalType\":\"enumIEscrow.OpenSkip\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"PaidOut\",\"inputs\":[{\"name\":\"pod\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"to\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"amount\",\"type\":\"uint96\",\"indexed\":false,\"internalType\":\"uint96\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"PausedSet\",\"inputs\":[{\"name\":\"paused\",\"type\":\"bool\",\"indexed\":false,\"internalType\":\"bool\"},{\"name\":\"by\",\"type\":\"address\",\"indexed\":false,\"internalType\":\"address\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Released\",\"inputs\":[{\"name\":\"sessionId\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"owner\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"amount\",\"type\":\"uint96\",\"indexed\":false,\"internalType\":\"uint96\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"RowSkipped\",\"inputs\":[{\"name\":\"pod\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"seq\",\"type\":\"uint64\",\"indexed\":true,\"internalType\":\"uint64\"},{\"name\":\"sessionId\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"row\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"},{\"name\":\"reason\",\"type\":\"uint8\",\"indexed\":false,\"internalType\":\"enumIEscrow.RowSkip\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"SessionOpened\",\"inputs\":[{\"name\":\"sessionId\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"owner\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"pod\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"signer\",\"type\":\"address\",\"indexed\":false,\"internalType\":\"address\"},{\"name\":\"salt\",\"type\":\"uint64\",\"indexed\":false,\"internalType\":\"uint64\"},{\"name\":\"cap\",\"type\":\"uint96\",\"indexed\":false,\"internalType\":\"uint96\"},{\"name\":\"expiry\",\"type\":\"uint40\",\"indexed\":false,\"internalType\":\"uint40\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Settled\",\"inputs\":[{\"name\":\"pod\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"seq\",\"type\":\"uint64\",\"indexed\":true,\"internalType\":\"uint64\"},{\"name\":\"receiptsRoot\",\"type\":\"bytes32\",\"indexed\":false,\"internalType\":\"bytes32\"},{\"name\":\"keyConfigHash\",\"type\":\"bytes32\",\"indexed\":false,\"internalType\":\"bytes32\"},{\"name\":\"rows\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"},{\"name\":\"charged\",\"type\":\"uint96\",\"indexed\":false,\"internalType\":\"uint96\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"SettledAcked\",\"inputs\":[{\"name\":\"pod\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"rows\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"},{\"name\":\"charged\",\"type\":\"uint96\",\"indexed\":false,\"internalType\":\"uint96\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Withdrawn\",\"inputs\":[{\"name\":\"owner\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"to\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"amount\",\"type\":\"uint96\",\"indexed\":false,\"internalType\":\"uint96\"},{\"name\":\"fee\",\"type\":\"uint96\",\"indexed\":false,\"internalType\":\"uint96\"}],\"anonymous\":false},{\"type\":\"error\",\"name\":\"AmountTooLarge\",\"inputs\":[{\"name\":\"amount\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"BadBatchSignature\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"BadCloseSignature\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"BadNonce\",\"inputs\":[{\"name\":\"nonce\",\"type\":\"uint64\",\"internalType\":\"uint64\"}]},{\"type\":\"error\",\"name\":\"BadRecipient\",\"inputs\":[{\"name\":\"to\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"BadRow\",\"inputs\":[{\"name\":\"reason\",\"type\":\"uint8\",\"internalType\":\"enumIEscrow.RowSkip\"}]},{\"type\":\"error\",\"name\":\"BadRows\",\"inputs\":[{\"name\":\"length\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"BadSequence\",\"inputs\":[{\"name\":\"seq\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"expected\",\"type\":\"uint64\",\"internalType\":\"uint64\"}]},{\"type\":\"error\",\"name\":\"BadSignature\",\"inputs\":[{\"name\":\"expected\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"IdentityExpired\",\"inputs\":[{\"name\":\"pod\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"validUntil\",\"type\":\"uint40\",\"internalType\":\"uint40\"}]},{\"type\":\"error\",\"name\":\"IdentityRevoked\",\"inputs\":[{\"name\":\"pod\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"identity\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"standing\",\"type\":\"uint8\",\"internalType\":\"enumIPodRegistry.Standing\"}]},{\"type\":\"error\",\"name\":\"InsufficientBalance\",\"inputs\":[{\"name\":\"available\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"asked\",\"type\":\"uint96\",\"internalType\":\"uint96\"}]},{\"type\":\"error\",\"name\":\"InvalidShortString\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"IsPaused\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"Late\",\"inputs\":[{\"name\":\"deadline\",\"type\":\"uint40\",\"internalType\":\"uint40\"}]},{\"type\":\"error\",\"name\":\"NoSession\",\"inputs\":[{\"name\":\"sessionId\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"type\":\"error\",\"name\":\"NotExpired\",\"inputs\":[{\"name\":\"sessionId\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"expiry\",\"type\":\"uint40\",\"internalType\":\"uint40\"}]},{\"type\":\"error\",\"name\":\"NotGovernance\",\"inputs\":[{\"name\":\"caller\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"NotOperator\",\"inputs\":[{\"name\":\"pod\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"caller\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"NotParty\",\"inputs\":[{\"name\":\"sessionId\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"caller\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"PermitUsed\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"ReentrancyGuardReentrantCall\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"SafeERC20FailedOperation\",\"inputs\":[{\"name\":\"token\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"StringTooLong\",\"inputs\":[{\"name\":\"str\",\"type\":\"string\",\"internalType\":\"string\"}]},{\"type\":\"error\",\"name\":\"UnknownPod\",\"inputs\":[{\"name\":\"pod\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"UnsupportedToken\",\"inputs\":[{\"name\":\"asked\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"arrived\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"WrongRegistry\",\"inputs\":[{\"name\":\"registry\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"itsEscrow\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"ZeroAddress\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"ZeroAmount\",\"inputs\":[]}]",
	ID:  "Escrow",
	Bin: "0x6101a0806040523461026757604081615cd58038038091610020828561028d565b833981010312610267578051906001600160a01b038216908183036102675760200151916001600160a01b038316918284036102675760405161006460408261028d565b600e815260208101906d5068616c6c616d61457363726f7760901b82526040519161009060408461028d565b600183526020830191603160f81b83526100a9816102c4565b610120526100b6846102c4565b61014052519020918260e05251902080610100524660a0526040519060208201927f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f8452604083015260608201524660808201523060a082015260a0815261011f60c08261028d565b5190206080523060c0521561027e576101605260405163e2fdcc1760e01b8152602081600481855afa908115610273575f9161022d575b506001600160a01b0316903082036102185782610180526040516159a590816103308239608051816138ff015260a051816139bc015260c051816138d0015260e0518161394e015261010051816139740152610120518161123c015261014051816112660152610160518181816101d901528181610d2e015281816113f701528181614181015281816142ce0152818161455f01526146aa0152610180518181816109fc015281816117b201528181612c4e01528181613641015261380c0152f35b6350d7ec1560e11b5f5260045260245260445ffd5b90506020813d60201161026b575b816102486020938361028d565b8101031261026757516001600160a01b0381168103610267575f610156565b5f80fd5b3d915061023b565b6040513d5f823e3d90fd5b63d92e233d60e01b5f5260045ffd5b601f909101601f19168101906001600160401b038211908210176102b057604052565b634e487b7160e01b5f52604160045260245ffd5b601f8151116102ef5760208151910151602082106102e0571790565b5f198260200360031b1b161790565b604460209160405192839163305a27a960e01b83528160048401528051918291826024860152018484015e5f828201840152601f01601f19168101030190fdfe60806040526004361015610011575f80fd5b5f5f3560e01c8062cf580a14612ebe5780631320d7f814612e8557806316c38b3c14612bcf578063197a9a2314612a8a57806322a9d1cc14612a1a5780632c50401b146129be5780632ce3f0141461269857806334c42b2d1461265f578063402914f5146125ee57806356041de9146125b4578063569650fa146123235780635903d97c146122985780635c975abb146122585780635dd1fa971461221f57806371517d0714611d3357806373b9aa9114611ca75780637af8bc55146117d65780637b103999146117685780637e9b9b181461137557806380458c061461133a57806384b0196e14611204578063893c5eb0146110435780638ab6568614610f7f5780638c8c3c9d14610ecc578063b70b3b2b14610ca0578063c3c1326514610bff578063c51b13d814610980578063d5c57ad01461079d578063e4eae6b714610710578063e69600fd14610467578063f003abca1461042b578063f563ee4d14610241578063f698da25146102005763fc0c546a1461018f575f80fd5b346101fd57807ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101fd57602060405173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b80fd5b50346101fd57807ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101fd5760206102396138b9565b604051908152f35b50346101fd5760e07ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101fd57610279612f16565b610281612f39565b610289613017565b91606435926bffffffffffffffffffffffff841692838503610427576102ad612f5c565b926102b661304d565b60c4359067ffffffffffffffff8211610423578785936103926103a1936103e7996102e689973690600401613061565b9290916102f1614058565b8d60405160208101917f7491ebc04829db2b903d324b548946c881845b4049e1613c5440c221190f0e8383526bffffffffffffffffffffffff73ffffffffffffffffffffffffffffffffffffffff808b169d8e6040860152169d8e606085015216608083015260a082015267ffffffffffffffff831660c082015264ffffffffff841660e082015260e0815261038961010082613184565b519020866132ef565b61039c878261446b565b61446b565b604080516bffffffffffffffffffffffff8681168252891660208201527f93312ecf66757d0d3bd8b88ed6b79f5ae389f85903c3abfb4a4508b87e14380e9190a3614524565b610413575b50807f9b779b17422d0df92223018b32b4d1fa46e071723d6817e2486d003becc55f005d80f35b61041d9033614524565b5f6103ec565b8880fd5b8580fd5b50346101fd57807ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101fd5760206040516276a7008152f35b50346101fd5760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101fd5761049f612f16565b60243567ffffffffffffffff811161070c576104bf903690600401613061565b919082158015610700575b6106d4579160a881049284916104de6138b9565b86925b86841061059f5787877fe0272391e24eb33e4a2b97bcaa247b403017de500dd8f26466d2a33342aea9e5604073ffffffffffffffffffffffffffffffffffffffff8a6bffffffffffffffffffffffff8b168b8161054a575b50835195865260208601521692a280f35b838316885260066020526bffffffffffffffffffffffff610571868a2092828454166131fe565b167fffffffffffffffffffffffffffffffffffffffff00000000000000000000000082541617905587610539565b9091929360a8850285810460a814861517156106a75785600192858b61062260a8868b8a8f61061b6105d56106449c8585613575565b919080949273ffffffffffffffffffffffffffffffffffffffff6080948167ffffffffffffffff9481604051971687521660208601521660408401521660608201522090565b8098613be2565b8c6bffffffffffffffffffffffff839793161561064e575b50505050506131fe565b94019291906104e1565b73ffffffffffffffffffffffffffffffffffffffff60409161069a7f920a507fe54f406191d9b96adeb33ee6b793729689643c94a4c8e8e186f10b2c94845196875260208701906131f1565b1692a45f8b89828c61063a565b6024897f4e487b710000000000000000000000000000000000000000000000000000000081526011600452fd5b602484847f9f1b671d000000000000000000000000000000000000000000000000000000008252600452fd5b5060a8830615156104ca565b8280fd5b50346101fd5760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101fd576004356bffffffffffffffffffffffff811681036107995761077390610764614024565b61076c614058565b33336142b3565b807f9b779b17422d0df92223018b32b4d1fa46e071723d6817e2486d003becc55f005d80f35b5080fd5b50346101fd5760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101fd576107d5612f16565b9060243567ffffffffffffffff8111610799576107f69036906004016130d2565b9190610800614024565b81907fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff0181360301915b8481101561097c578060051b820135838112156109785782016108ab61084e826132b9565b8861085b602085016132b9565b610867604086016132da565b92919273ffffffffffffffffffffffffffffffffffffffff6080948167ffffffffffffffff9481604051971687521660208601521660408401521660608201522090565b6108b682828a6148b3565b9190156108c9575b505050600101610829565b6108de60a06108d7856132b9565b94016132da565b9167ffffffffffffffff60405193168352600a81101561094b579082916020600196959401527fe85801cdd68c86e59ec6d5ed8ff51ec4afa5b88f607a3f8050eb529f517e3cc6604073ffffffffffffffffffffffffffffffffffffffff808d16951693a4905f806108be565b6024887f4e487b710000000000000000000000000000000000000000000000000000000081526021600452fd5b8480fd5b8380f35b50346101fd5760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101fd5760043567ffffffffffffffff8111610799576109d09036906004016130d2565b906109d9612f39565b926109e2614058565b80819273ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000169573ffffffffffffffffffffffffffffffffffffffff8116945b86811015610bb957610a4c8160051b84016132b9565b73ffffffffffffffffffffffffffffffffffffffff604051917f636f35d300000000000000000000000000000000000000000000000000000000835216908160048201526020816024818d5afa908115610bae578791610b80575b5073ffffffffffffffffffffffffffffffffffffffff33911603610b5157908682600193885260066020527f6d001bc3c3622d1ee5fce85b88a17acc0f39e3fd4baafac1251bd30ce9e51a976020610b436bffffffffffffffffffffffff60408c205416809a858d526006845260408d207fffffffffffffffffffffffffffffffffffffffff00000000000000000000000081541690556131fe565b98604051908152a301610a36565b7f4738d05400000000000000000000000000000000000000000000000000000000865260045233602452604485fd5b610ba1915060203d8111610ba7575b610b998183613184565b8101906131c5565b5f610aa7565b503d610b8f565b6040513d89823e3d90fd5b60208486610bc78286614524565b7f9b779b17422d0df92223018b32b4d1fa46e071723d6817e2486d003becc55f005d6bffffffffffffffffffffffff60405191168152f35b50346101fd5760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101fd57610c37612f16565b610c3f613032565b90610c48614024565b610c50614058565b73ffffffffffffffffffffffffffffffffffffffff811615610c7857906107739133906142b3565b6004837fd92e233d000000000000000000000000000000000000000000000000000000008152fd5b50346101fd576101007ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101fd57610cd9612f16565b610ce1613032565b60a4359060ff8216809203610e4f57610cf8614024565b610d00614058565b6bffffffffffffffffffffffff81168015610ea457849073ffffffffffffffffffffffffffffffffffffffff7f00000000000000000000000000000000000000000000000000000000000000001690604051947f70a08231000000000000000000000000000000000000000000000000000000008652306004870152602086602481865afa958615610e99578496610e5e575b50823b15610e4f5761012484928360405195869485937fef55bec600000000000000000000000000000000000000000000000000000000855273ffffffffffffffffffffffffffffffffffffffff8d16600486015230602486015260448501526044356064850152606435608485015260843560a485015260c484015260c43560e484015260e4356101048401525af18015610e5357610e3a575b5050826107739361465d565b81610e4491613184565b610e4f57835f610e2e565b8380fd5b6040513d84823e3d90fd5b935094506020833d602011610e91575b81610e7b60209383613184565b81010312610e8d57869251945f610d93565b5f80fd5b3d9150610e6e565b6040513d86823e3d90fd5b6004857f1f2a2005000000000000000000000000000000000000000000000000000000008152fd5b50346101fd5760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101fd57610773610f07612f16565b610f0f613032565b90610f18614058565b610f22823361446b565b6040516bffffffffffffffffffffffff8316815284602082015273ffffffffffffffffffffffffffffffffffffffff8216907f93312ecf66757d0d3bd8b88ed6b79f5ae389f85903c3abfb4a4508b87e14380e60403392a3614524565b50346101fd5760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101fd5773ffffffffffffffffffffffffffffffffffffffff6040610fce612f16565b9282610fd8612f39565b9416815260036020522091165f5260205260a060405f2054604051906bffffffffffffffffffffffff811682526bffffffffffffffffffffffff8160601c16602083015263ffffffff8160c01c16604083015262ffffff8160e01c16606083015260f81c6080820152f35b50346101fd5761109f61105536612f73565b80949183859495919273ffffffffffffffffffffffffffffffffffffffff6080948167ffffffffffffffff9481604051971687521660208601521660408401521660608201522090565b91828552600560205260408520604051906110b98261314c565b54906bffffffffffffffffffffffff82169182825260208201926bffffffffffffffffffffffff8260601c16845260ff604084019264ffffffffff8160c01c16845260e81c1615156060840152156111d85764ffffffffff905116804211156111a857509261118e60209361118573ffffffffffffffffffffffffffffffffffffffff946bffffffffffffffffffffffff807fd1b70dfe9cfd216ac8f2db245f0f025be9b578f532bad36ef0e69b9f303e865d998b8e5260058a528d6040812055511691511690613228565b97889184613f13565b6bffffffffffffffffffffffff604051961686521693a380f35b87604491877f12395c74000000000000000000000000000000000000000000000000000000008352600452602452fd5b602488877f6ad199d6000000000000000000000000000000000000000000000000000000008252600452fd5b50346101fd57807ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101fd576112de906112607f00000000000000000000000000000000000000000000000000000000000000006156c9565b9061128a7f00000000000000000000000000000000000000000000000000000000000000006156c9565b9060206112ec6040519361129e8386613184565b8385525f3681376040519687967f0f00000000000000000000000000000000000000000000000000000000000000885260e08589015260e088019061308f565b90868203604088015261308f565b904660608601523060808601528260a086015284820360c08601528080855193848152019401925b82811061132357505050500390f35b835185528695509381019392810192600101611314565b50346101fd57807ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101fd5760206040516110008152f35b5034610e8d5760c07ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610e8d576113ad612f16565b906113b6613032565b6064359260443560ff8516808603610e8d576084359560a435916113d8614024565b6113e0614058565b73ffffffffffffffffffffffffffffffffffffffff7f000000000000000000000000000000000000000000000000000000000000000016604051917f7ecebe0000000000000000000000000000000000000000000000000000000000835273ffffffffffffffffffffffffffffffffffffffff871691826004850152602084602481845afa9485156115cb578689898c8f985f9a611727575b50918993916bffffffffffffffffffffffff8694169a8b611499936140cc565b9e8f926114a593614224565b505073ffffffffffffffffffffffffffffffffffffffff16858114908161171d575b50156115d6575050803b15610e8d575f9560e4948793604051998a9889977fd505accf000000000000000000000000000000000000000000000000000000008952600489015230602489015260448801526064870152608486015260a485015260c48401525af180156115cb576115b6575b505b838352600460205260ff60408420541661158e578293610773935260046020526040842060017fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff00825416179055806142b3565b6004837fd9309fb9000000000000000000000000000000000000000000000000000000008152fd5b6115c39193505f90613184565b5f915f611539565b6040513d5f823e3d90fd5b959492509a505083949194156116f1577fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff84019384116116c4576116348673ffffffffffffffffffffffffffffffffffffffff9561163b958a6140cc565b998a614224565b505016818114908115916116bb575b50611690575080421161165d575061153b565b64ffffffffff907f5ff58ee2000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b7f9a7d38d9000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b9050155f61164a565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601160045260245ffd5b847f9a7d38d9000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b905015155f6114c7565b98505050505094506020843d602011611760575b8161174860209383613184565b81010312610e8d579251938a93908689898c84611479565b3d915061173b565b34610e8d575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610e8d57602060405173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b34610e8d5760e07ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610e8d5761180d612f16565b6024359067ffffffffffffffff82168203610e8d5760843567ffffffffffffffff8111610e8d57611842903690600401613061565b909281158015611c9b575b611c6f5761185a82613252565b6118676040519182613184565b82815260208101903684870111610e8d57838683375f6020858301015251902060405160208101917fb877c27f132b7a41bb40c0ae7ca41b9882a745f0409b64b3a4adec514c0e1bec835273ffffffffffffffffffffffffffffffffffffffff8616604083015267ffffffffffffffff84166060830152608082015260443560a082015260643560c082015260c0815261190260e082613184565b5190209373ffffffffffffffffffffffffffffffffffffffff84165f52600660205261197b60405f209563ffffffff6040519761193e89613103565b546bffffffffffffffffffffffff8116895267ffffffffffffffff8160601c1660208a015260a01c16604088015260c4359060a4359088886135b6565b15611c475767ffffffffffffffff6119988160208801511661328c565b1667ffffffffffffffff831603611bfc5767ffffffffffffffff821660208601525f906119c36138b9565b905f915b60b486048310611b315750505073ffffffffffffffffffffffffffffffffffffffff67ffffffffffffffff7fbd83911b5b6f31227f47e5d921d0953f358733ac54c4d6a8b8d1eb6dfe41a516936bffffffffffffffffffffffff848982611a33608098828451166131fe565b168152858a165f5260066020526040805f20918480825116167fffffffffffffffffffffffffffffffffffffffff000000000000000000000000845416178355611ac38760208301511684907fffffffffffffffffffffffff0000000000000000ffffffffffffffffffffffff73ffffffffffffffff00000000000000000000000083549260601b169116179055565b01517fffffffffffffffff00000000ffffffffffffffffffffffffffffffffffffffff77ffffffff000000000000000000000000000000000000000083549260a01b16911617905560b4604051986044358a5260643560208b015204604089015216606087015216941692a3005b90919260b484029084820460b414851517156116c45785611b8f91848a88611b6f60b4888e8c86611b686105d560019e8585613575565b8099613be2565b6bffffffffffffffffffffffff8297921615611b985750505050506131fe565b930191906119c7565b73ffffffffffffffffffffffffffffffffffffffff67ffffffffffffffff7f920a507fe54f406191d9b96adeb33ee6b793729689643c94a4c8e8e186f10b2c93611bed604094855197885260208801906131f1565b16941692a48b8a888a8361063a565b67ffffffffffffffff8281611c168160208a01511661328c565b917f607f66d9000000000000000000000000000000000000000000000000000000005f52166004521660245260445ffd5b7f0cd927f9000000000000000000000000000000000000000000000000000000005f5260045ffd5b507f9f1b671d000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b5060b48206151561184d565b34610e8d5760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610e8d5773ffffffffffffffffffffffffffffffffffffffff611cf3612f16565b165f526002602052606060405f2054604051906bffffffffffffffffffffffff8116825267ffffffffffffffff81841c16602083015260a01c6040820152f35b34610e8d5760a07ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610e8d57611d6a612f16565b60243567ffffffffffffffff8111610e8d57611d8a903690600401613061565b9060443564ffffffffff8116809103610e8d5760b483036121f3578042116121c857813560601c93601483013560601c90602884013560c01c92611e0e8483858a919273ffffffffffffffffffffffffffffffffffffffff6080948167ffffffffffffffff9481604051971687521660208601521660408401521660608201522090565b9573ffffffffffffffffffffffffffffffffffffffff83165f52600660205260405f209160405192611e3f84613103565b54916bffffffffffffffffffffffff83168452611ede602085019267ffffffffffffffff8560601c16845263ffffffff604087019560a01c16855260405160208101917f3fa0752bf8663a0fdef371035349d110aa4c70896bddbe2af0e8119043d3b98b83528c604083015260308c013560a01c6060830152608082015260808152611ecc60a082613184565b608435916064359151902087896135b6565b156121a057611ef79088878b611ef26138b9565b6139e2565b9490895f52600560205260405f209560405196611f138861314c565b546bffffffffffffffffffffffff811688526bffffffffffffffffffffffff8160601c16602089015264ffffffffff8160c01c16604089015260ff8160e81c16151560608901526bffffffffffffffffffffffff831615908161215d575b506120fc575094846120cf9461205467ffffffffffffffff7fa0f28192f72a2427b2847934f851f9bc309cda43eb998c65dde840ea27da88509c9a9673ffffffffffffffffffffffffffffffffffffffff6120c6976bffffffffffffffffffffffff60309f9c6120f79e82611fe79251166131fe565b168752165f9081526006602052604090209451855491517fffffffffffffffffffffffff00000000000000000000000000000000000000009092166bffffffffffffffffffffffff9190911617911660601b73ffffffffffffffff00000000000000000000000016178355565b517fffffffffffffffff00000000ffffffffffffffffffffffffffffffffffffffff77ffffffff000000000000000000000000000000000000000083549260a01b169116179055895f5260056020525f60408120556bffffffffffffffffffffffff6020818351169201511690613228565b9283918a613f13565b60408051949093013560a01c84526bffffffffffffffffffffffff1660208401528291820190565b0390a3005b7f705ea845000000000000000000000000000000000000000000000000000000005f5260068110156121305760045260245ffd5b7f4e487b71000000000000000000000000000000000000000000000000000000005f52602160045260245ffd5b6bffffffffffffffffffffffff8116159150811561217d575b508d611f71565b6bffffffffffffffffffffffff915060601c1660308b013560a01c14158d612176565b7f343e882d000000000000000000000000000000000000000000000000000000005f5260045ffd5b7f5ff58ee2000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b827f9f1b671d000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b34610e8d575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610e8d57602060405160b48152f35b34610e8d575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610e8d57602060ff600754166040519015158152f35b34610e8d5760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610e8d576004355f526005602052608060405f205460ff604051916bffffffffffffffffffffffff811683526bffffffffffffffffffffffff8160601c16602084015264ffffffffff8160c01c16604084015260e81c1615156060820152f35b34610e8d5761239473ffffffffffffffffffffffffffffffffffffffff61234936612f73565b8395918382969495919273ffffffffffffffffffffffffffffffffffffffff6080948167ffffffffffffffff9481604051971687521660208601521660408401521660608201522090565b931690813314928315612594575b8315612530575b505050815f52600560205260405f20908154906bffffffffffffffffffffffff82161561250457156124d457610e1064ffffffffff4216019164ffffffffff83116116c4578260209264ffffffffff807fcdafabed0defcf8c80f387e13231825485adac3b6e14f07c6b561a34ad944f9c96169160c01c1611612482575b507d0100000000000000000000000000000000000000000000000000000000007fffff00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffff8254161780915564ffffffffff6040519160c01c168152a2005b81547fffffff0000000000ffffffffffffffffffffffffffffffffffffffffffffffff1660c09190911b7cffffffffff0000000000000000000000000000000000000000000000001617815584612427565b827f723bbd35000000000000000000000000000000000000000000000000000000005f526004523360245260445ffd5b837f6ad199d6000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b6780000000000000001615159250908261254f575b50508280806123a9565b9091505f52600360205273ffffffffffffffffffffffffffffffffffffffff60405f2091165f526020526bffffffffffffffffffffffff60405f205416158280612545565b3373ffffffffffffffffffffffffffffffffffffffff83161493506123a2565b34610e8d575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610e8d576020604051610e108152f35b34610e8d5760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610e8d5773ffffffffffffffffffffffffffffffffffffffff61263a612f16565b165f52600660205260206bffffffffffffffffffffffff60405f205416604051908152f35b34610e8d575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610e8d57602060405160a88152f35b34610e8d5760c07ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610e8d576126cf612f16565b6126d7612f39565b906044359173ffffffffffffffffffffffffffffffffffffffff83168303610e8d576064359267ffffffffffffffff84168403610e8d576084359364ffffffffff8516809503610e8d5760a43567ffffffffffffffff8111610e8d57612741903690600401613061565b929091864211612992576040805173ffffffffffffffffffffffffffffffffffffffff808916825280881660208301529093169083015267ffffffffffffffff166060820152608090209460405160208101917f226d16314ff425c250a602bee206ab6b4ce779048166b2e847ba21db08299ef183528760408301526060820152606081526127d1608082613184565b51902092612824838361281e876127e66138b9565b604291604051917f19010000000000000000000000000000000000000000000000000000000000008352600283015260228201522090565b886155b7565b159384612971575b5050505061292f5750805f52600560205260405f2080546bffffffffffffffffffffffff81161561290357610e1064ffffffffff4216019164ffffffffff83116116c4578260209264ffffffffff807fcdafabed0defcf8c80f387e13231825485adac3b6e14f07c6b561a34ad944f9c96169160c01c161161248257507d0100000000000000000000000000000000000000000000000000000000007fffff00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffff8254161780915564ffffffffff6040519160c01c168152a2005b827f6ad199d6000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b73ffffffffffffffffffffffffffffffffffffffff907f9a7d38d9000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b6129889450612982906127e66138b9565b906155b7565b158380808061282c565b867f5ff58ee2000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b34610e8d5760607ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610e8d576129f5612f16565b6129fd613032565b6044359063ffffffff82168203610e8d57612a189233613434565b005b34610e8d5760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610e8d5773ffffffffffffffffffffffffffffffffffffffff612a66612f16565b165f526006602052602067ffffffffffffffff60405f205460601c16604051908152f35b34610e8d5760e07ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610e8d57612ac1612f16565b612ac9612f39565b612ad1613017565b6064359163ffffffff831693848403610e8d57612aec612f5c565b94612af561304d565b9560c4359167ffffffffffffffff8311610e8d57612a1897612b1e612bca943690600401613061565b93909260405160208101917fe4c66d69e3475c0a681e3901507ad6141b1b04df2aa1b545873dc752c5791ede835273ffffffffffffffffffffffffffffffffffffffff8916604083015273ffffffffffffffffffffffffffffffffffffffff8a1660608301526bffffffffffffffffffffffff8b16608083015260a082015267ffffffffffffffff831660c082015264ffffffffff841660e082015260e0815261038961010082613184565b613434565b34610e8d5760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610e8d57600435801515809103610e8d576040517f2b7ac3f300000000000000000000000000000000000000000000000000000000815260208160048173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000165afa80156115cb575f90612e22575b73ffffffffffffffffffffffffffffffffffffffff9150166040517f452a9320000000000000000000000000000000000000000000000000000000008152602081600481855afa80156115cb5773ffffffffffffffffffffffffffffffffffffffff915f91612e03575b50163314159081612d83575b50612d575760407f01b5788941dc32ea9ba649d8e603d186638523a57d48cf2b80b63f13a61e6694917fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff006007541660ff8216176007558151908152336020820152a1005b7f988d1f03000000000000000000000000000000000000000000000000000000005f523360045260245ffd5b60049150602090604051928380927f0c340a240000000000000000000000000000000000000000000000000000000082525afa80156115cb5773ffffffffffffffffffffffffffffffffffffffff915f91612de4575b501633141582612cf3565b612dfd915060203d602011610ba757610b998183613184565b83612dd9565b612e1c915060203d602011610ba757610b998183613184565b84612ce7565b506020813d602011612e7d575b81612e3c60209383613184565b81010312610e8d575173ffffffffffffffffffffffffffffffffffffffff81168103610e8d5773ffffffffffffffffffffffffffffffffffffffff90612c7d565b3d9150612e2f565b34610e8d575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610e8d57602060405160ff8152f35b34610e8d576020610239612ed136612f73565b9291909273ffffffffffffffffffffffffffffffffffffffff6080948167ffffffffffffffff9481604051971687521660208601521660408401521660608201522090565b6004359073ffffffffffffffffffffffffffffffffffffffff82168203610e8d57565b6024359073ffffffffffffffffffffffffffffffffffffffff82168203610e8d57565b6084359067ffffffffffffffff82168203610e8d57565b7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc6080910112610e8d5760043573ffffffffffffffffffffffffffffffffffffffff81168103610e8d579060243573ffffffffffffffffffffffffffffffffffffffff81168103610e8d579060443573ffffffffffffffffffffffffffffffffffffffff81168103610e8d579060643567ffffffffffffffff81168103610e8d5790565b604435906bffffffffffffffffffffffff82168203610e8d57565b602435906bffffffffffffffffffffffff82168203610e8d57565b60a4359064ffffffffff82168203610e8d57565b9181601f84011215610e8d5782359167ffffffffffffffff8311610e8d5760208381860195010111610e8d57565b907fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0601f602080948051918291828752018686015e5f8582860101520116010190565b9181601f84011215610e8d5782359167ffffffffffffffff8311610e8d576020808501948460051b010111610e8d57565b6060810190811067ffffffffffffffff82111761311f57604052565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b6080810190811067ffffffffffffffff82111761311f57604052565b60a0810190811067ffffffffffffffff82111761311f57604052565b90601f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0910116810190811067ffffffffffffffff82111761311f57604052565b90816020910312610e8d575173ffffffffffffffffffffffffffffffffffffffff81168103610e8d5790565b9060068210156121305752565b906bffffffffffffffffffffffff809116911601906bffffffffffffffffffffffff82116116c457565b906bffffffffffffffffffffffff809116911603906bffffffffffffffffffffffff82116116c457565b67ffffffffffffffff811161311f57601f017fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe01660200190565b67ffffffffffffffff60019116019067ffffffffffffffff82116116c457565b919082039182116116c457565b3573ffffffffffffffffffffffffffffffffffffffff81168103610e8d5790565b3567ffffffffffffffff81168103610e8d5790565b949093919264ffffffffff168042116121c8575073ffffffffffffffffffffffffffffffffffffffff851691825f52600260205260405f20956040519661333588613103565b54956bffffffffffffffffffffffff87168852602088019567ffffffffffffffff8860601c168752604089019760a01c8852613371818a61549c565b156133fe5750906129826133899493926127e66138b9565b15611690575f90815260026020526040902092519051915173ffffffffffffffff00000000000000000000000060609390931b929092166bffffffffffffffffffffffff9091161760a09190911b7fffffffffffffffffffffffff000000000000000000000000000000000000000016179055565b67ffffffffffffffff907fbae82dae000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b92919073ffffffffffffffffffffffffffffffffffffffff1692831561354d577f590c3897ba128a98131e06abb32139c089cb79c2f7a95ce138e14a818eb2957c9163ffffffff73ffffffffffffffffffffffffffffffffffffffff6040931694855f526003602052835f20875f52602052835f206134fb8282907fffffffff00000000ffffffffffffffffffffffffffffffffffffffffffffffff7bffffffff00000000000000000000000000000000000000000000000083549260c01b169116179055565b6bffffffffffffffffffffffff84167fffffffffffffffffffffffffffffffffffffffff0000000000000000000000008254161790556bffffffffffffffffffffffff845193168352166020820152a3565b7fd92e233d000000000000000000000000000000000000000000000000000000005f5260045ffd5b8201803560601c9391506014830183116116c457601481013560601c9260288101106116c4576028013560c01c90565b519063ffffffff82168203610e8d57565b936135cf91936135ca6040946127e66138b9565b61568a565b5050910163ffffffff815116156137ab575b73ffffffffffffffffffffffffffffffffffffffff604051927f260871db0000000000000000000000000000000000000000000000000000000084521680600484015260608360248173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000165afa9182156115cb575f905f945f94613744575b5063ffffffff8091511691160361373c57600482101561213057600182036136f457505064ffffffffff16908142116136af575050600190565b73ffffffffffffffffffffffffffffffffffffffff907f5fba8632000000000000000000000000000000000000000000000000000000005f521660045260245260445ffd5b73ffffffffffffffffffffffffffffffffffffffff847fd4548e25000000000000000000000000000000000000000000000000000000005f521660045260245260445260645ffd5b505050505f90565b94509250506060833d6060116137a3575b8161376260609383613184565b81010312610e8d57613773836135a5565b9260208101519064ffffffffff82168203610e8d5760400151936004851015610e8d5790939263ffffffff613675565b3d9150613755565b6040517f0f0ed9bd00000000000000000000000000000000000000000000000000000000815273ffffffffffffffffffffffffffffffffffffffff84169081600482015260208160248173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000165afa80156115cb575f9061387c575b63ffffffff9150168083521561385157506135e1565b7f85f14c20000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b506020813d6020116138b1575b8161389660209383613184565b81010312610e8d576138ac63ffffffff916135a5565b61383b565b3d9150613889565b73ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000163014806139b9575b15613921577f000000000000000000000000000000000000000000000000000000000000000090565b60405160208101907f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f82527f000000000000000000000000000000000000000000000000000000000000000060408201527f000000000000000000000000000000000000000000000000000000000000000060608201524660808201523060a082015260a081526139b360c082613184565b51902090565b507f000000000000000000000000000000000000000000000000000000000000000046146138f8565b919493505f94603c84013560a01c93603081013560a01c93835f52600560205260405f20938454966bffffffffffffffffffffffff88166bffffffffffffffffffffffff8960601c16988115613bd05760c01c64ffffffffff164211613bbe5788881115613bac57818811613b9a578711613b895792613afb73ffffffffffffffffffffffffffffffffffffffff949360a0613b0b948796604051917f22c4d4d9bf5c981bf98bde11e8a16f27c9517c3394368b9004ecac20dcbe98528352602083015260408201526048850135821c6060820152605485013560808201522090604291604051917f19010000000000000000000000000000000000000000000000000000000000008352600283015260228201522090565b607460948301359201359061568a565b5050169116811490811591613b80575b50613b745780547fffffffffffffffff000000000000000000000000ffffffffffffffffffffffff16606083901b77ffffffffffffffffffffffff00000000000000000000000016179055613b709190613228565b9190565b50505090505f90600590565b9050155f613b1b565b505050505050505090505f90600490565b50505050505050505090505f90600390565b50505050505050505090505f90600290565b50505050505050505090505f90600190565b5050505050505050505090505f905f90565b9350939195945f96818401918285116116c457827fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff888101116116c457828201917fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff8883013560a01c95847fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff948101116116c4577fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff9484013560a01c9260b403613f0a576030810181116116c457016030013560a01c955b875f52600560205260405f20958654986bffffffffffffffffffffffff8a166bffffffffffffffffffffffff8b60601c169a8115613ef65760c01c64ffffffffff164211613ee2576bffffffffffffffffffffffff8a168b811115613ecd57838111613eb85711613ea557857fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa08101116116c457613dea9360a092604051927f22c4d4d9bf5c981bf98bde11e8a16f27c9517c3394368b9004ecac20dcbe985284526020840152604083015260608201527fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa085013560808201522090604291604051917f19010000000000000000000000000000000000000000000000000000000000008352600283015260228201522090565b91807fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc08101116116c4577fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe08101116116c457613b0b8173ffffffffffffffffffffffffffffffffffffffff937fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc07fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0869501359201359061568a565b5050505050505050505090505f90600490565b50505050505050505050505090505f90600390565b50505050505050505050505090505f90600290565b505050505050505050505090505f90600190565b50505050505050505050505090505f905f90565b50508095613cb6565b73ffffffffffffffffffffffffffffffffffffffff678000000000000000919493941693845f52600260205260405f206bffffffffffffffffffffffff613f5d86828454166131fe565b167fffffffffffffffffffffffffffffffffffffffff00000000000000000000000082541617905516613f8f57505050565b614022925f52600360205273ffffffffffffffffffffffffffffffffffffffff60405f2091165f52602052613fda60405f20916bffffffffffffffffffffffff835460601c16613228565b7fffffffffffffffff000000000000000000000000ffffffffffffffffffffffff77ffffffffffffffffffffffff00000000000000000000000083549260601b169116179055565b565b60ff6007541661403057565b7f1309a563000000000000000000000000000000000000000000000000000000005f5260045ffd5b7f9b779b17422d0df92223018b32b4d1fa46e071723d6817e2486d003becc55f005c6140a45760017f9b779b17422d0df92223018b32b4d1fa46e071723d6817e2486d003becc55f005d565b7f3ee5aeb5000000000000000000000000000000000000000000000000000000005f5260045ffd5b9290916040519273ffffffffffffffffffffffffffffffffffffffff60208501957f6e71edae12b1b97f4d1f60370fef10105fa2faae0126114a169c64845d6126c98752166040850152306060850152608084015260a083015260c082015260c0815261413a60e082613184565b519020604051907f3644e51500000000000000000000000000000000000000000000000000000000825260208260048173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000165afa80156115cb575f906141f0575b6141ed9250604291604051917f19010000000000000000000000000000000000000000000000000000000000008352600283015260228201522090565b90565b506020823d60201161421c575b8161420a60209383613184565b81010312610e8d576141ed91516141b0565b3d91506141fd565b91907f7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a084116142a8579160209360809260ff5f9560405194855216868401526040830152606082015282805260015afa156115cb575f5173ffffffffffffffffffffffffffffffffffffffff81161561429e57905f905f90565b505f906001905f90565b5050505f9160039190565b9092916bffffffffffffffffffffffff8116938415614443577f00000000000000000000000000000000000000000000000000000000000000009273ffffffffffffffffffffffffffffffffffffffff841695604051947f70a082310000000000000000000000000000000000000000000000000000000086523060048701526020866024818b5afa9586156115cb575f9661440f575b50604051917f23b872dd000000000000000000000000000000000000000000000000000000005f5273ffffffffffffffffffffffffffffffffffffffff85166004523060245260445260205f60648180855af19060015f51148216156143f0575b50906040525f606052156143c45761402294955061465d565b857f5274afe7000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b6001821516614406573b15153d1516165f6143ab565b823d5f823e3d90fd5b9095506020813d60201161443b575b8161442b60209383613184565b81010312610e8d5751945f61434a565b3d915061441e565b7f1f2a2005000000000000000000000000000000000000000000000000000000005f5260045ffd5b73ffffffffffffffffffffffffffffffffffffffff165f52600260205260405f20906bffffffffffffffffffffffff8254166bffffffffffffffffffffffff82168181116144f557506bffffffffffffffffffffffff916144cb91613228565b167fffffffffffffffffffffffffffffffffffffffff000000000000000000000000825416179055565b907f42b8394a000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b906bffffffffffffffffffffffff169081156144435773ffffffffffffffffffffffffffffffffffffffff16801561354d57308114614632577f000000000000000000000000000000000000000000000000000000000000000091604051917fa9059cbb000000000000000000000000000000000000000000000000000000005f5260045260245260205f60448180865af19060015f5114821615614611575b604052156145cf5750565b73ffffffffffffffffffffffffffffffffffffffff907f5274afe7000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b90600181151661462957823b15153d151616906145c4565b503d5f823e3d90fd5b7ff66e9048000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b909192604051907f70a0823100000000000000000000000000000000000000000000000000000000825230600483015260208260248173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000165afa9182156115cb575f92614854575b50808210808015614833575b6147cd5750506bffffffffffffffffffffffff81116147a25750602073ffffffffffffffffffffffffffffffffffffffff807fc440b38d543409e335ee0581ff6438ef8de48268d507baa5b62797d04e862bd7931693845f526002835260405f206bffffffffffffffffffffffff61476188828454166131fe565b167fffffffffffffffffffffffffffffffffffffffff0000000000000000000000008254161790556bffffffffffffffffffffffff604051961686521693a3565b7f08083b2a000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b859290156148165750506bffffffffffffffffffffffff5f915b7f917f56c4000000000000000000000000000000000000000000000000000000005f521660045260245260445ffd5b6bffffffffffffffffffffffff9161482d916132ac565b916147e7565b5061483e82846132ac565b6bffffffffffffffffffffffff871614156146e6565b9091506020813d602011614880575b8161487060209383613184565b81010312610e8d5751905f6146da565b3d9150614863565b3564ffffffffff81168103610e8d5790565b356bffffffffffffffffffffffff81168103610e8d5790565b9092915f9364ffffffffff6148ca60c08401614888565b16421161546f57805f52600560205260405f2092604051936148eb8561314c565b5460ff6bffffffffffffffffffffffff8216918287526bffffffffffffffffffffffff8160601c16602088015264ffffffffff8160c01c16604088015260e81c16151560608601526bffffffffffffffffffffffff61494c6060860161489a565b1615908115615426575b5061541957678000000000000000614970604085016132da565b16151561497f604085016132da565b9080156154075767800000000000000061499b60a087016132da565b17915b6149aa60808701614888565b6276a7004201908142116116c45764ffffffffff161180156153d3575b6153c35773ffffffffffffffffffffffffffffffffffffffff6149e9876132b9565b165f52600260205260405f209060405191614a0383613103565b546bffffffffffffffffffffffff8116835267ffffffffffffffff8160601c16602084015260a01c6040830152604051614a3c81613168565b5f81525f60208201525f60408201525f60608201525f6080820152835f14615394575073ffffffffffffffffffffffffffffffffffffffff614a7d886132b9565b165f52600360205260405f2073ffffffffffffffffffffffffffffffffffffffff614aaa60208a016132b9565b165f5260205260405f209360405194614ac286613168565b546bffffffffffffffffffffffff811686526bffffffffffffffffffffffff8160601c16602087015263ffffffff8160c01c16604087015262ffffff8160e01c16606087015260f81c608086015284614b26614b2060a08b016132da565b82615720565b156153815763ffffffff60408201511642118015615357575b801561531f575b61530c57614b5660808a01614888565b64ffffffffff63ffffffff6040840151169116116152f957906bffffffffffffffffffffffff9291602084614b9b614b9060608e0161489a565b8284860151166131fe565b169101525b614bac60608a0161489a565b8385511693849116116152e65767ffffffffffffffff809116911603615282575b614bf06bffffffffffffffffffffffff91614bea60608a0161489a565b90613228565b1681526bffffffffffffffffffffffff614c18614c0f6060890161489a565b828a51166131fe565b168752614c2760808701614888565b64ffffffffff8060408a015116911611615265575b811561525757614c4e602087016132b9565b614c57876132b9565b614c63602089016132b9565b614c6f60408a016132da565b614c7b60608b0161489a565b614c8760808c01614888565b90614c9460a08d016132da565b92614ca160c08e01614888565b9460405196602088017f59fb95d27f02d8a9790336235ab7d9d2fa6a98a33a8a207fbc868fe9c2b77f11905273ffffffffffffffffffffffffffffffffffffffff16604088015273ffffffffffffffffffffffffffffffffffffffff16606087015273ffffffffffffffffffffffffffffffffffffffff8b16608087015267ffffffffffffffff1660a08601526bffffffffffffffffffffffff1660c085015264ffffffffff1660e084015267ffffffffffffffff1661010083015264ffffffffff166101208201526101208152614d7b61014082613184565b805190602001209060e08801358836037fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe101811215610e8d5788019081359167ffffffffffffffff8311610e8d57602001908236038213610e8d57612982614de5946127e66138b9565b15615247577f9f03f40044edfa09c4a8380d9f851d7b6722dc387a06d9836f4e16d29b1d1c409360809373ffffffffffffffffffffffffffffffffffffffff93849384614e318b6132b9565b165f5260026020526040805f20916bffffffffffffffffffffffff80825116167fffffffffffffffffffffffffffffffffffffffff000000000000000000000000845416178355614ed067ffffffffffffffff60208301511684907fffffffffffffffffffffffff0000000000000000ffffffffffffffffffffffff73ffffffffffffffff00000000000000000000000083549260601b169116179055565b0151857fffffffffffffffffffffffff000000000000000000000000000000000000000083549260a01b1691161790556150b1575b50855f52600560205260405f20976bffffffffffffffffffffffff815116986bffffffffffffffffffffffff8a167fffffffffffffffffffffffffffffffffffffffff000000000000000000000000825416178155614fba6bffffffffffffffffffffffff60208401511682907fffffffffffffffff000000000000000000000000ffffffffffffffffffffffff77ffffffffffffffffffffffff00000000000000000000000083549260601b169116179055565b604082015181547fffffff0000000000ffffffffffffffffffffffffffffffffffffffffffffffff1660c082901b7cffffffffff0000000000000000000000000000000000000000000000001617825564ffffffffff16916060015181547fffff00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffff1690151560e81b7dff00000000000000000000000000000000000000000000000000000000001617905561506c886132b9565b9867ffffffffffffffff61508e604061508760208d016132b9565b9b016132da565b856040519b168b521660208a01526040890152606088015216951693a460019190565b826150bb896132b9565b165f52600360205260405f20836150d460208b016132b9565b165f5260205260405f20906bffffffffffffffffffffffff80825116167fffffffffffffffffffffffffffffffffffffffff0000000000000000000000008354161782556151786bffffffffffffffffffffffff60208301511683907fffffffffffffffff000000000000000000000000ffffffffffffffffffffffff77ffffffffffffffffffffffff00000000000000000000000083549260601b169116179055565b604081015182547fffffffff00000000ffffffffffffffffffffffffffffffffffffffffffffffff1660c09190911b7bffffffff000000000000000000000000000000000000000000000000161782556060810151907bffffffffffffffffffffffffffffffffffffffffffffffffffffffff7effffff000000000000000000000000000000000000000000000000000000007fff0000000000000000000000000000000000000000000000000000000000000089865494015160f81b169360e01b169116171790555f614f05565b5050505050505090505f90600690565b615260866132b9565b614c4e565b64ffffffffff61527760808801614888565b166040880152614c3c565b6bffffffffffffffffffffffff885116156152d55760608801516152c45764ffffffffff604089015116421115614bcd57505050505050505090505f90600890565b505050505050505090505f90600790565b505050505050505090505f90600290565b5050505050505050505090505f90600590565b5050505050505050505090505f90600390565b5050505050505050505090505f90600990565b5061532c60608a0161489a565b6bffffffffffffffffffffffff8061534e818551168260208701511690613228565b16911611614b46565b506bffffffffffffffffffffffff8151166bffffffffffffffffffffffff60208301511611614b3f565b5050505050505050505090505f90600190565b936153aa6153a460a08a016132da565b8461549c565b15613bbe57906bffffffffffffffffffffffff91614ba0565b5050505050505090505f90600390565b5067ffffffffffffffff81811690841681811491036149c757504264ffffffffff61540060808901614888565b16106149c7565b61541360a086016132da565b9161499e565b5050505090505f90600490565b90506154346060850161489a565b906bffffffffffffffffffffffff036bffffffffffffffffffffffff81116116c4576bffffffffffffffffffffffff8091169116115f614956565b50505090505f905f90565b9067ffffffffffffffff8091169116039067ffffffffffffffff82116116c457565b90602082019067ffffffffffffffff82511667ffffffffffffffff82168181109081156155a4575b5061373c576154d29161547a565b90606067ffffffffffffffff83161015615534575b50600167ffffffffffffffff604092161b9101908151906bffffffffffffffffffffffff8183161661552d576bffffffffffffffffffffffff8091169116179052600190565b5050505f90565b90615549605f67ffffffffffffffff9261547a565b1690611000821161552d578167ffffffffffffffff8251160167ffffffffffffffff81116116c45767ffffffffffffffff1690526040820180516bffffffffffffffffffffffff90811690921c9091169052605f60016154e7565b678000000000000000915010155f6154c4565b92919082806041146156735760401461563a576155d75f80805b84614224565b505073ffffffffffffffffffffffffffffffffffffffff85169081156156305773ffffffffffffffffffffffffffffffffffffffff161493841561561d575b5050505090565b6156279450615814565b5f808080615616565b5050505050505f90565b6155d760208301358335601b7f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff83169260ff1c016155d1565b506155d76020830135833560408501355f1a6155d1565b906156c2929160ff601b7f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff851694821c011690614224565b9192909190565b60ff811690601f82116156f857604051916156e5604084613184565b6020808452838101919036833783525290565b7fb3512b0c000000000000000000000000000000000000000000000000000000005f5260045ffd5b90606082019062ffffff82511667ffffffffffffffff8216908110908115615806575b5061552d576157599062ffffff8351169061547a565b90600867ffffffffffffffff83161015615797575b50600160ff608092161b91019081519060ff8183161661552d5760ff8091169116179052600190565b9060076157a39161547a565b9067ffffffffffffffff82169160ff831161373c5762ffffff1662ffffff8251160162ffffff81116116c45762ffffff16905260078111156157f3575060ff5f5b1660808201526007600161576e565b60ff809181608085015116901c166157e4565b905062fffff811155f615743565b90813b801561599c5760171480615907575b61373c57836158d360845f957fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0601f6020996040519687948c8601997f1626ba7e000000000000000000000000000000000000000000000000000000008b5260248701526040604487015281606487015286860137898582860101520116810103017fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe08101835282613184565b5191620186a0fa7f1626ba7e000000000000000000000000000000000000000000000000000000005f5114601f3d11161690565b507fef010000000000000000000000000000000000000000000000000000000000007fffffff0000000000000000000000000000000000000000000000000000000000833b61595581613252565b6159626040519182613184565b81815260208101915f83883c5190518281169160038110615987575b50501614615826565b839250829060030360031b1b16165f8061597e565b50505050505f9056",
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

// PackACKEDROWBYTES is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x34c42b2d.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function ACKED_ROW_BYTES() view returns(uint256)
func (escrow *Escrow) PackACKEDROWBYTES() []byte {
	enc, err := escrow.abi.Pack("ACKED_ROW_BYTES")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackACKEDROWBYTES is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x34c42b2d.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function ACKED_ROW_BYTES() view returns(uint256)
func (escrow *Escrow) TryPackACKEDROWBYTES() ([]byte, error) {
	return escrow.abi.Pack("ACKED_ROW_BYTES")
}

// UnpackACKEDROWBYTES is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x34c42b2d.
//
// Solidity: function ACKED_ROW_BYTES() view returns(uint256)
func (escrow *Escrow) UnpackACKEDROWBYTES(data []byte) (*big.Int, error) {
	out, err := escrow.abi.Unpack("ACKED_ROW_BYTES", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
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

// PackMAXDELEGATENONCEJUMP is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x1320d7f8.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function MAX_DELEGATE_NONCE_JUMP() view returns(uint64)
func (escrow *Escrow) PackMAXDELEGATENONCEJUMP() []byte {
	enc, err := escrow.abi.Pack("MAX_DELEGATE_NONCE_JUMP")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackMAXDELEGATENONCEJUMP is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x1320d7f8.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function MAX_DELEGATE_NONCE_JUMP() view returns(uint64)
func (escrow *Escrow) TryPackMAXDELEGATENONCEJUMP() ([]byte, error) {
	return escrow.abi.Pack("MAX_DELEGATE_NONCE_JUMP")
}

// UnpackMAXDELEGATENONCEJUMP is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x1320d7f8.
//
// Solidity: function MAX_DELEGATE_NONCE_JUMP() view returns(uint64)
func (escrow *Escrow) UnpackMAXDELEGATENONCEJUMP(data []byte) (uint64, error) {
	out, err := escrow.abi.Unpack("MAX_DELEGATE_NONCE_JUMP", data)
	if err != nil {
		return *new(uint64), err
	}
	out0 := *abi.ConvertType(out[0], new(uint64)).(*uint64)
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
// Solidity: function claimable(address pod) view returns(uint96)
func (escrow *Escrow) PackClaimable(pod common.Address) []byte {
	enc, err := escrow.abi.Pack("claimable", pod)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackClaimable is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x402914f5.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function claimable(address pod) view returns(uint96)
func (escrow *Escrow) TryPackClaimable(pod common.Address) ([]byte, error) {
	return escrow.abi.Pack("claimable", pod)
}

// UnpackClaimable is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x402914f5.
//
// Solidity: function claimable(address pod) view returns(uint96)
func (escrow *Escrow) UnpackClaimable(data []byte) (*big.Int, error) {
	out, err := escrow.abi.Unpack("claimable", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackCloseNow is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x71517d07.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function closeNow(address pod, bytes row, uint40 deadline, bytes32 r, bytes32 vs) returns()
func (escrow *Escrow) PackCloseNow(pod common.Address, row []byte, deadline *big.Int, r [32]byte, vs [32]byte) []byte {
	enc, err := escrow.abi.Pack("closeNow", pod, row, deadline, r, vs)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackCloseNow is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x71517d07.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function closeNow(address pod, bytes row, uint40 deadline, bytes32 r, bytes32 vs) returns()
func (escrow *Escrow) TryPackCloseNow(pod common.Address, row []byte, deadline *big.Int, r [32]byte, vs [32]byte) ([]byte, error) {
	return escrow.abi.Pack("closeNow", pod, row, deadline, r, vs)
}

// PackDelegate is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8ab65686.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function delegate(address owner, address key) view returns(uint96 cap, uint96 used, uint32 expiry, uint24 nonceBase, uint8 nonceWindow)
func (escrow *Escrow) PackDelegate(owner common.Address, key common.Address) []byte {
	enc, err := escrow.abi.Pack("delegate", owner, key)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackDelegate is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8ab65686.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function delegate(address owner, address key) view returns(uint96 cap, uint96 used, uint32 expiry, uint24 nonceBase, uint8 nonceWindow)
func (escrow *Escrow) TryPackDelegate(owner common.Address, key common.Address) ([]byte, error) {
	return escrow.abi.Pack("delegate", owner, key)
}

// DelegateOutput serves as a container for the return parameters of contract
// method Delegate.
type DelegateOutput struct {
	Cap         *big.Int
	Used        *big.Int
	Expiry      uint32
	NonceBase   *big.Int
	NonceWindow uint8
}

// UnpackDelegate is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x8ab65686.
//
// Solidity: function delegate(address owner, address key) view returns(uint96 cap, uint96 used, uint32 expiry, uint24 nonceBase, uint8 nonceWindow)
func (escrow *Escrow) UnpackDelegate(data []byte) (DelegateOutput, error) {
	out, err := escrow.abi.Unpack("delegate", data)
	outstruct := new(DelegateOutput)
	if err != nil {
		return *outstruct, err
	}
	outstruct.Cap = abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	outstruct.Used = abi.ConvertType(out[1], new(big.Int)).(*big.Int)
	outstruct.Expiry = *abi.ConvertType(out[2], new(uint32)).(*uint32)
	outstruct.NonceBase = abi.ConvertType(out[3], new(big.Int)).(*big.Int)
	outstruct.NonceWindow = *abi.ConvertType(out[4], new(uint8)).(*uint8)
	return *outstruct, nil
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

// PackDepositFor is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc3c13265.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function depositFor(address owner, uint96 amount) returns()
func (escrow *Escrow) PackDepositFor(owner common.Address, amount *big.Int) []byte {
	enc, err := escrow.abi.Pack("depositFor", owner, amount)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackDepositFor is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc3c13265.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function depositFor(address owner, uint96 amount) returns()
func (escrow *Escrow) TryPackDepositFor(owner common.Address, amount *big.Int) ([]byte, error) {
	return escrow.abi.Pack("depositFor", owner, amount)
}

// PackDepositWithAuthorization is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb70b3b2b.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function depositWithAuthorization(address holder, uint96 amount, uint256 validAfter, uint256 validBefore, bytes32 nonce, uint8 v, bytes32 r, bytes32 s) returns()
func (escrow *Escrow) PackDepositWithAuthorization(holder common.Address, amount *big.Int, validAfter *big.Int, validBefore *big.Int, nonce [32]byte, v uint8, r [32]byte, s [32]byte) []byte {
	enc, err := escrow.abi.Pack("depositWithAuthorization", holder, amount, validAfter, validBefore, nonce, v, r, s)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackDepositWithAuthorization is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb70b3b2b.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function depositWithAuthorization(address holder, uint96 amount, uint256 validAfter, uint256 validBefore, bytes32 nonce, uint8 v, bytes32 r, bytes32 s) returns()
func (escrow *Escrow) TryPackDepositWithAuthorization(holder common.Address, amount *big.Int, validAfter *big.Int, validBefore *big.Int, nonce [32]byte, v uint8, r [32]byte, s [32]byte) ([]byte, error) {
	return escrow.abi.Pack("depositWithAuthorization", holder, amount, validAfter, validBefore, nonce, v, r, s)
}

// PackDepositWithPermit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7e9b9b18.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function depositWithPermit(address holder, uint96 amount, uint256 deadline, uint8 v, bytes32 r, bytes32 s) returns()
func (escrow *Escrow) PackDepositWithPermit(holder common.Address, amount *big.Int, deadline *big.Int, v uint8, r [32]byte, s [32]byte) []byte {
	enc, err := escrow.abi.Pack("depositWithPermit", holder, amount, deadline, v, r, s)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackDepositWithPermit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7e9b9b18.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function depositWithPermit(address holder, uint96 amount, uint256 deadline, uint8 v, bytes32 r, bytes32 s) returns()
func (escrow *Escrow) TryPackDepositWithPermit(holder common.Address, amount *big.Int, deadline *big.Int, v uint8, r [32]byte, s [32]byte) ([]byte, error) {
	return escrow.abi.Pack("depositWithPermit", holder, amount, deadline, v, r, s)
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

// PackPaused is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x5c975abb.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function paused() view returns(bool)
func (escrow *Escrow) PackPaused() []byte {
	enc, err := escrow.abi.Pack("paused")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackPaused is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x5c975abb.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function paused() view returns(bool)
func (escrow *Escrow) TryPackPaused() ([]byte, error) {
	return escrow.abi.Pack("paused")
}

// UnpackPaused is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x5c975abb.
//
// Solidity: function paused() view returns(bool)
func (escrow *Escrow) UnpackPaused(data []byte) (bool, error) {
	out, err := escrow.abi.Unpack("paused", data)
	if err != nil {
		return *new(bool), err
	}
	out0 := *abi.ConvertType(out[0], new(bool)).(*bool)
	return out0, nil
}

// PackPayout is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc51b13d8.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function payout(address[] pods, address to) returns(uint96 amount)
func (escrow *Escrow) PackPayout(pods []common.Address, to common.Address) []byte {
	enc, err := escrow.abi.Pack("payout", pods, to)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackPayout is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc51b13d8.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function payout(address[] pods, address to) returns(uint96 amount)
func (escrow *Escrow) TryPackPayout(pods []common.Address, to common.Address) ([]byte, error) {
	return escrow.abi.Pack("payout", pods, to)
}

// UnpackPayout is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xc51b13d8.
//
// Solidity: function payout(address[] pods, address to) returns(uint96 amount)
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

// PackRequestCloseFor is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x2ce3f014.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function requestCloseFor(address owner, address signer, address pod, uint64 salt, uint40 deadline, bytes signature) returns()
func (escrow *Escrow) PackRequestCloseFor(owner common.Address, signer common.Address, pod common.Address, salt uint64, deadline *big.Int, signature []byte) []byte {
	enc, err := escrow.abi.Pack("requestCloseFor", owner, signer, pod, salt, deadline, signature)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackRequestCloseFor is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x2ce3f014.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function requestCloseFor(address owner, address signer, address pod, uint64 salt, uint40 deadline, bytes signature) returns()
func (escrow *Escrow) TryPackRequestCloseFor(owner common.Address, signer common.Address, pod common.Address, salt uint64, deadline *big.Int, signature []byte) ([]byte, error) {
	return escrow.abi.Pack("requestCloseFor", owner, signer, pod, salt, deadline, signature)
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

// PackSetDelegate is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x2c50401b.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function setDelegate(address key, uint96 cap, uint32 expiry) returns()
func (escrow *Escrow) PackSetDelegate(key common.Address, cap *big.Int, expiry uint32) []byte {
	enc, err := escrow.abi.Pack("setDelegate", key, cap, expiry)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSetDelegate is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x2c50401b.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function setDelegate(address key, uint96 cap, uint32 expiry) returns()
func (escrow *Escrow) TryPackSetDelegate(key common.Address, cap *big.Int, expiry uint32) ([]byte, error) {
	return escrow.abi.Pack("setDelegate", key, cap, expiry)
}

// PackSetDelegateFor is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x197a9a23.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function setDelegateFor(address owner, address key, uint96 cap, uint32 expiry, uint64 nonce, uint40 deadline, bytes signature) returns()
func (escrow *Escrow) PackSetDelegateFor(owner common.Address, key common.Address, cap *big.Int, expiry uint32, nonce uint64, deadline *big.Int, signature []byte) []byte {
	enc, err := escrow.abi.Pack("setDelegateFor", owner, key, cap, expiry, nonce, deadline, signature)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSetDelegateFor is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x197a9a23.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function setDelegateFor(address owner, address key, uint96 cap, uint32 expiry, uint64 nonce, uint40 deadline, bytes signature) returns()
func (escrow *Escrow) TryPackSetDelegateFor(owner common.Address, key common.Address, cap *big.Int, expiry uint32, nonce uint64, deadline *big.Int, signature []byte) ([]byte, error) {
	return escrow.abi.Pack("setDelegateFor", owner, key, cap, expiry, nonce, deadline, signature)
}

// PackSetPaused is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x16c38b3c.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function setPaused(bool paused_) returns()
func (escrow *Escrow) PackSetPaused(paused bool) []byte {
	enc, err := escrow.abi.Pack("setPaused", paused)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSetPaused is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x16c38b3c.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function setPaused(bool paused_) returns()
func (escrow *Escrow) TryPackSetPaused(paused bool) ([]byte, error) {
	return escrow.abi.Pack("setPaused", paused)
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

// PackSettleAcked is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe69600fd.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function settleAcked(address pod, bytes rows) returns()
func (escrow *Escrow) PackSettleAcked(pod common.Address, rows []byte) []byte {
	enc, err := escrow.abi.Pack("settleAcked", pod, rows)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSettleAcked is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe69600fd.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function settleAcked(address pod, bytes rows) returns()
func (escrow *Escrow) TryPackSettleAcked(pod common.Address, rows []byte) ([]byte, error) {
	return escrow.abi.Pack("settleAcked", pod, rows)
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

// PackWithdrawFor is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf563ee4d.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function withdrawFor(address owner, address to, uint96 amount, uint96 fee, uint64 nonce, uint40 deadline, bytes signature) returns()
func (escrow *Escrow) PackWithdrawFor(owner common.Address, to common.Address, amount *big.Int, fee *big.Int, nonce uint64, deadline *big.Int, signature []byte) []byte {
	enc, err := escrow.abi.Pack("withdrawFor", owner, to, amount, fee, nonce, deadline, signature)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackWithdrawFor is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf563ee4d.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function withdrawFor(address owner, address to, uint96 amount, uint96 fee, uint64 nonce, uint40 deadline, bytes signature) returns()
func (escrow *Escrow) TryPackWithdrawFor(owner common.Address, to common.Address, amount *big.Int, fee *big.Int, nonce uint64, deadline *big.Int, signature []byte) ([]byte, error) {
	return escrow.abi.Pack("withdrawFor", owner, to, amount, fee, nonce, deadline, signature)
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

// EscrowClosed represents a Closed event raised by the Escrow contract.
type EscrowClosed struct {
	SessionId [32]byte
	Owner     common.Address
	Charged   *big.Int
	Amount    *big.Int
	Raw       *types.Log // Blockchain specific contextual infos
}

const EscrowClosedEventName = "Closed"

// ContractEventName returns the user-defined event name.
func (EscrowClosed) ContractEventName() string {
	return EscrowClosedEventName
}

// UnpackClosedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Closed(bytes32 indexed sessionId, address indexed owner, uint96 charged, uint96 amount)
func (escrow *Escrow) UnpackClosedEvent(log *types.Log) (*EscrowClosed, error) {
	event := "Closed"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != escrow.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(EscrowClosed)
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

// EscrowDelegateSet represents a DelegateSet event raised by the Escrow contract.
type EscrowDelegateSet struct {
	Owner    common.Address
	Delegate common.Address
	Cap      *big.Int
	Expiry   uint32
	Raw      *types.Log // Blockchain specific contextual infos
}

const EscrowDelegateSetEventName = "DelegateSet"

// ContractEventName returns the user-defined event name.
func (EscrowDelegateSet) ContractEventName() string {
	return EscrowDelegateSetEventName
}

// UnpackDelegateSetEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event DelegateSet(address indexed owner, address indexed delegate, uint96 cap, uint32 expiry)
func (escrow *Escrow) UnpackDelegateSetEvent(log *types.Log) (*EscrowDelegateSet, error) {
	event := "DelegateSet"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != escrow.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(EscrowDelegateSet)
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
	Pod    common.Address
	To     common.Address
	Amount *big.Int
	Raw    *types.Log // Blockchain specific contextual infos
}

const EscrowPaidOutEventName = "PaidOut"

// ContractEventName returns the user-defined event name.
func (EscrowPaidOut) ContractEventName() string {
	return EscrowPaidOutEventName
}

// UnpackPaidOutEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event PaidOut(address indexed pod, address indexed to, uint96 amount)
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

// EscrowPausedSet represents a PausedSet event raised by the Escrow contract.
type EscrowPausedSet struct {
	Paused bool
	By     common.Address
	Raw    *types.Log // Blockchain specific contextual infos
}

const EscrowPausedSetEventName = "PausedSet"

// ContractEventName returns the user-defined event name.
func (EscrowPausedSet) ContractEventName() string {
	return EscrowPausedSetEventName
}

// UnpackPausedSetEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event PausedSet(bool paused, address by)
func (escrow *Escrow) UnpackPausedSetEvent(log *types.Log) (*EscrowPausedSet, error) {
	event := "PausedSet"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != escrow.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(EscrowPausedSet)
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

// EscrowSettledAcked represents a SettledAcked event raised by the Escrow contract.
type EscrowSettledAcked struct {
	Pod     common.Address
	Rows    *big.Int
	Charged *big.Int
	Raw     *types.Log // Blockchain specific contextual infos
}

const EscrowSettledAckedEventName = "SettledAcked"

// ContractEventName returns the user-defined event name.
func (EscrowSettledAcked) ContractEventName() string {
	return EscrowSettledAckedEventName
}

// UnpackSettledAckedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event SettledAcked(address indexed pod, uint256 rows, uint96 charged)
func (escrow *Escrow) UnpackSettledAckedEvent(log *types.Log) (*EscrowSettledAcked, error) {
	event := "SettledAcked"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != escrow.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(EscrowSettledAcked)
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
	Fee    *big.Int
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
// Solidity: event Withdrawn(address indexed owner, address indexed to, uint96 amount, uint96 fee)
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
	if bytes.Equal(raw[:4], escrow.abi.Errors["BadCloseSignature"].ID.Bytes()[:4]) {
		return escrow.UnpackBadCloseSignatureError(raw[4:])
	}
	if bytes.Equal(raw[:4], escrow.abi.Errors["BadNonce"].ID.Bytes()[:4]) {
		return escrow.UnpackBadNonceError(raw[4:])
	}
	if bytes.Equal(raw[:4], escrow.abi.Errors["BadRecipient"].ID.Bytes()[:4]) {
		return escrow.UnpackBadRecipientError(raw[4:])
	}
	if bytes.Equal(raw[:4], escrow.abi.Errors["BadRow"].ID.Bytes()[:4]) {
		return escrow.UnpackBadRowError(raw[4:])
	}
	if bytes.Equal(raw[:4], escrow.abi.Errors["BadRows"].ID.Bytes()[:4]) {
		return escrow.UnpackBadRowsError(raw[4:])
	}
	if bytes.Equal(raw[:4], escrow.abi.Errors["BadSequence"].ID.Bytes()[:4]) {
		return escrow.UnpackBadSequenceError(raw[4:])
	}
	if bytes.Equal(raw[:4], escrow.abi.Errors["BadSignature"].ID.Bytes()[:4]) {
		return escrow.UnpackBadSignatureError(raw[4:])
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
	if bytes.Equal(raw[:4], escrow.abi.Errors["IsPaused"].ID.Bytes()[:4]) {
		return escrow.UnpackIsPausedError(raw[4:])
	}
	if bytes.Equal(raw[:4], escrow.abi.Errors["Late"].ID.Bytes()[:4]) {
		return escrow.UnpackLateError(raw[4:])
	}
	if bytes.Equal(raw[:4], escrow.abi.Errors["NoSession"].ID.Bytes()[:4]) {
		return escrow.UnpackNoSessionError(raw[4:])
	}
	if bytes.Equal(raw[:4], escrow.abi.Errors["NotExpired"].ID.Bytes()[:4]) {
		return escrow.UnpackNotExpiredError(raw[4:])
	}
	if bytes.Equal(raw[:4], escrow.abi.Errors["NotGovernance"].ID.Bytes()[:4]) {
		return escrow.UnpackNotGovernanceError(raw[4:])
	}
	if bytes.Equal(raw[:4], escrow.abi.Errors["NotOperator"].ID.Bytes()[:4]) {
		return escrow.UnpackNotOperatorError(raw[4:])
	}
	if bytes.Equal(raw[:4], escrow.abi.Errors["NotParty"].ID.Bytes()[:4]) {
		return escrow.UnpackNotPartyError(raw[4:])
	}
	if bytes.Equal(raw[:4], escrow.abi.Errors["PermitUsed"].ID.Bytes()[:4]) {
		return escrow.UnpackPermitUsedError(raw[4:])
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

// EscrowBadCloseSignature represents a BadCloseSignature error raised by the Escrow contract.
type EscrowBadCloseSignature struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BadCloseSignature()
func EscrowBadCloseSignatureErrorID() common.Hash {
	return common.HexToHash("0x343e882d1e0a9478b95619cc07ed95509d4daaf28effa1940cf75aecd7578c49")
}

// UnpackBadCloseSignatureError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BadCloseSignature()
func (escrow *Escrow) UnpackBadCloseSignatureError(raw []byte) (*EscrowBadCloseSignature, error) {
	out := new(EscrowBadCloseSignature)
	if err := escrow.abi.UnpackIntoInterface(out, "BadCloseSignature", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// EscrowBadNonce represents a BadNonce error raised by the Escrow contract.
type EscrowBadNonce struct {
	Nonce uint64
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BadNonce(uint64 nonce)
func EscrowBadNonceErrorID() common.Hash {
	return common.HexToHash("0xbae82dae93512cd5f7f6750286253861a92b4f89a5b707c02fcd3db0d47b559d")
}

// UnpackBadNonceError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BadNonce(uint64 nonce)
func (escrow *Escrow) UnpackBadNonceError(raw []byte) (*EscrowBadNonce, error) {
	out := new(EscrowBadNonce)
	if err := escrow.abi.UnpackIntoInterface(out, "BadNonce", raw); err != nil {
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

// EscrowBadRow represents a BadRow error raised by the Escrow contract.
type EscrowBadRow struct {
	Reason uint8
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BadRow(uint8 reason)
func EscrowBadRowErrorID() common.Hash {
	return common.HexToHash("0x705ea8450f8886a86520ee21f8dc41cead9bfc931ec89e837a8338bf2acb007c")
}

// UnpackBadRowError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BadRow(uint8 reason)
func (escrow *Escrow) UnpackBadRowError(raw []byte) (*EscrowBadRow, error) {
	out := new(EscrowBadRow)
	if err := escrow.abi.UnpackIntoInterface(out, "BadRow", raw); err != nil {
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

// EscrowBadSignature represents a BadSignature error raised by the Escrow contract.
type EscrowBadSignature struct {
	Expected common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BadSignature(address expected)
func EscrowBadSignatureErrorID() common.Hash {
	return common.HexToHash("0x9a7d38d94d3da0d5188ab778bbe9a3a38c77802b1bf2426c15740dc786da791d")
}

// UnpackBadSignatureError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BadSignature(address expected)
func (escrow *Escrow) UnpackBadSignatureError(raw []byte) (*EscrowBadSignature, error) {
	out := new(EscrowBadSignature)
	if err := escrow.abi.UnpackIntoInterface(out, "BadSignature", raw); err != nil {
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

// EscrowIsPaused represents a IsPaused error raised by the Escrow contract.
type EscrowIsPaused struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error IsPaused()
func EscrowIsPausedErrorID() common.Hash {
	return common.HexToHash("0x1309a5639731e6b91c4aa19095f23eee07602ba240a393e2b5ccbf71a8e2952f")
}

// UnpackIsPausedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error IsPaused()
func (escrow *Escrow) UnpackIsPausedError(raw []byte) (*EscrowIsPaused, error) {
	out := new(EscrowIsPaused)
	if err := escrow.abi.UnpackIntoInterface(out, "IsPaused", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// EscrowLate represents a Late error raised by the Escrow contract.
type EscrowLate struct {
	Deadline *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error Late(uint40 deadline)
func EscrowLateErrorID() common.Hash {
	return common.HexToHash("0x5ff58ee25a16ff4b8b5bcbd4ffec94632a78486e80b2cd741c1a8de0a80a3805")
}

// UnpackLateError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error Late(uint40 deadline)
func (escrow *Escrow) UnpackLateError(raw []byte) (*EscrowLate, error) {
	out := new(EscrowLate)
	if err := escrow.abi.UnpackIntoInterface(out, "Late", raw); err != nil {
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

// EscrowNotGovernance represents a NotGovernance error raised by the Escrow contract.
type EscrowNotGovernance struct {
	Caller common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotGovernance(address caller)
func EscrowNotGovernanceErrorID() common.Hash {
	return common.HexToHash("0x988d1f034409fa6034c96c7a747f1aface3c57af045046793082b71a663c0040")
}

// UnpackNotGovernanceError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotGovernance(address caller)
func (escrow *Escrow) UnpackNotGovernanceError(raw []byte) (*EscrowNotGovernance, error) {
	out := new(EscrowNotGovernance)
	if err := escrow.abi.UnpackIntoInterface(out, "NotGovernance", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// EscrowNotOperator represents a NotOperator error raised by the Escrow contract.
type EscrowNotOperator struct {
	Pod    common.Address
	Caller common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotOperator(address pod, address caller)
func EscrowNotOperatorErrorID() common.Hash {
	return common.HexToHash("0x4738d054fb342362ac3b7f0ca661178b1cf93159ab6884ef2cb88b14760d0f55")
}

// UnpackNotOperatorError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotOperator(address pod, address caller)
func (escrow *Escrow) UnpackNotOperatorError(raw []byte) (*EscrowNotOperator, error) {
	out := new(EscrowNotOperator)
	if err := escrow.abi.UnpackIntoInterface(out, "NotOperator", raw); err != nil {
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

// EscrowPermitUsed represents a PermitUsed error raised by the Escrow contract.
type EscrowPermitUsed struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error PermitUsed()
func EscrowPermitUsedErrorID() common.Hash {
	return common.HexToHash("0xd9309fb9bdd1287793bff129a0957d7e61a0bb9bb0bfd387aaf32b3c7993a5e6")
}

// UnpackPermitUsedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error PermitUsed()
func (escrow *Escrow) UnpackPermitUsedError(raw []byte) (*EscrowPermitUsed, error) {
	out := new(EscrowPermitUsed)
	if err := escrow.abi.UnpackIntoInterface(out, "PermitUsed", raw); err != nil {
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
