// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IEscrow} from "./interfaces/IEscrow.sol";
import {IPodRegistry} from "./interfaces/IPodRegistry.sol";

/// @title Everything that is signed, as EIP-712 type strings and struct hashes
/// @dev Domain: name "PhallamaEscrow", version "1", chainId, verifyingContract = the escrow, for all of them.
/// docs/spec/typed-data.md lists the type strings; testdata/vectors/typed-data.json holds values computed by an
/// independent implementation.
library TypedData {
    bytes32 internal constant OPEN_SESSION = keccak256(
        "OpenSession(address owner,address signer,address pod,uint64 salt,uint96 cap,uint40 expiry,uint64 nonce,uint40 deadline)"
    );
    bytes32 internal constant DELEGATE =
        keccak256("Delegate(address owner,address delegate,uint96 cap,uint40 expiry,uint64 nonce,uint40 deadline)");
    bytes32 internal constant REQUEST_CLOSE = keccak256("RequestClose(bytes32 sessionId,uint40 deadline)");
    bytes32 internal constant WITHDRAW =
        keccak256("Withdraw(address owner,address to,uint96 amount,uint96 fee,uint64 nonce,uint40 deadline)");
    bytes32 internal constant VOUCHER =
        keccak256("Voucher(bytes32 sessionId,uint96 ceiling,uint96 acked,bytes32 requestHash)");
    bytes32 internal constant SETTLE_BATCH =
        keccak256("SettleBatch(address pod,uint64 seq,bytes32 rowsHash,bytes32 receiptsRoot,bytes32 keyConfigHash)");
    bytes32 internal constant CLOSE_SESSION =
        keccak256("CloseSession(bytes32 sessionId,uint96 finalCharged,uint40 deadline)");
    bytes32 internal constant RECEIPT = keccak256(
        "Receipt(bytes32 sessionId,bytes32 requestHash,bytes32 responseHash,bytes32 modelDigest,bytes32 offerHash,uint32 inTokens,uint32 cachedTokens,uint32 outTokens,uint8 finish,uint96 cost,uint96 charged,uint64 rseq,bytes16 blind)"
    );
    bytes32 internal constant OFFER = keccak256(
        "Offer(address pod,string model,bytes32 modelDigest,uint96 inPerM,uint96 cachedPerM,uint96 outPerM,uint96 perRequest,uint32 ctx,uint32 defaultOut,uint32 maxOut,uint40 validUntil)"
    );
    bytes32 internal constant KEY_CONFIG =
        keccak256("KeyConfig(address enclave,bytes32 configHash,uint40 notBefore,uint40 notAfter,uint64 epoch)");

    struct Receipt {
        bytes32 sessionId;
        bytes32 requestHash;
        bytes32 responseHash;
        bytes32 modelDigest;
        bytes32 offerHash;
        uint32 inTokens;
        uint32 cachedTokens;
        uint32 outTokens;
        uint8 finish;
        uint96 cost;
        uint96 charged;
        uint64 rseq;
        bytes16 blind;
    }

    /// @dev keccak256(abi.encode(owner, signer, pod, salt)). In assembly, because a settlement computes one for each row
    /// and abi.encode would let memory grow with the batch.
    function sessionId(address owner, address signer, address pod, uint64 salt) internal pure returns (bytes32 id) {
        assembly ("memory-safe") {
            let p := mload(0x40)
            mstore(p, shr(96, shl(96, owner)))
            mstore(add(p, 0x20), shr(96, shl(96, signer)))
            mstore(add(p, 0x40), shr(96, shl(96, pod)))
            mstore(add(p, 0x60), and(salt, 0xffffffffffffffff))
            id := keccak256(p, 0x80)
        }
    }

    /// @dev keccak256(abi.encode(VOUCHER, id, ceiling, acked, requestHash)), in assembly for the same reason.
    function voucher(bytes32 id, uint96 ceiling, uint96 acked, bytes32 requestHash)
        internal
        pure
        returns (bytes32 hash)
    {
        bytes32 typeHash = VOUCHER;
        assembly ("memory-safe") {
            let p := mload(0x40)
            mstore(p, typeHash)
            mstore(add(p, 0x20), id)
            mstore(add(p, 0x40), and(ceiling, 0xffffffffffffffffffffffff))
            mstore(add(p, 0x60), and(acked, 0xffffffffffffffffffffffff))
            mstore(add(p, 0x80), requestHash)
            hash := keccak256(p, 0xa0)
        }
    }

    function openSession(address pod, IEscrow.Open calldata o) internal pure returns (bytes32) {
        return keccak256(abi.encode(OPEN_SESSION, o.owner, o.signer, pod, o.salt, o.cap, o.expiry, o.nonce, o.deadline));
    }

    function delegate(address owner, address to, uint96 cap, uint40 expiry, uint64 nonce, uint40 deadline)
        internal
        pure
        returns (bytes32)
    {
        return keccak256(abi.encode(DELEGATE, owner, to, cap, expiry, nonce, deadline));
    }

    function requestClose(bytes32 id, uint40 deadline) internal pure returns (bytes32) {
        return keccak256(abi.encode(REQUEST_CLOSE, id, deadline));
    }

    function withdraw(address owner, address to, uint96 amount, uint96 fee, uint64 nonce, uint40 deadline)
        internal
        pure
        returns (bytes32)
    {
        return keccak256(abi.encode(WITHDRAW, owner, to, amount, fee, nonce, deadline));
    }

    function settleBatch(address pod, uint64 seq, bytes32 rowsHash, bytes32 receiptsRoot, bytes32 keyConfigHash)
        internal
        pure
        returns (bytes32)
    {
        return keccak256(abi.encode(SETTLE_BATCH, pod, seq, rowsHash, receiptsRoot, keyConfigHash));
    }

    function closeSession(bytes32 id, uint96 finalCharged, uint40 deadline) internal pure returns (bytes32) {
        return keccak256(abi.encode(CLOSE_SESSION, id, finalCharged, deadline));
    }

    function receipt(Receipt memory r) internal pure returns (bytes32) {
        // All members are static, so the encoding of the struct is the encoding of its members one after another.
        return keccak256(abi.encode(RECEIPT, r));
    }

    function offer(address pod, IPodRegistry.Offer calldata o) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                OFFER,
                pod,
                keccak256(bytes(o.model)),
                o.modelDigest,
                o.inPerM,
                o.cachedPerM,
                o.outPerM,
                o.perRequest,
                o.ctx,
                o.defaultOut,
                o.maxOut,
                o.validUntil
            )
        );
    }

    /// @param configHash keccak256 of the key configuration's bytes
    function keyConfig(address enclave, bytes32 configHash, uint40 notBefore, uint40 notAfter, uint64 epoch)
        internal
        pure
        returns (bytes32)
    {
        return keccak256(abi.encode(KEY_CONFIG, enclave, configHash, notBefore, notAfter, epoch));
    }
}
