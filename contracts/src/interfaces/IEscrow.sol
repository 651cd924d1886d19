// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IPodRegistry} from "./IPodRegistry.sol";

/// @title Dual-signed sessions: the users' balances and how pods are paid from them
/// @notice Money moves from an owner to a pod's operator only where the session's signer allowed it (a voucher with a
/// cumulative ceiling) AND the pod's attested enclave metered it (one signature for a batch of rows).
/// @dev docs/spec/billing.md is the specification this interface executes. Amounts are base units of `token`.
/// No owner, no proxy, no pause: nobody can touch a balance. Tokens that charge a fee on transfer or rebase are not
/// supported: deposits credit what arrived only if it is exactly what was asked for, and revert otherwise.
///
/// Invariants (numbered as in docs/spec/billing.md section 9):
///  1 token balance = sum(avail) + sum(cap - claimed) + sum(claimable)
///  2 claimed only grows                        3 claimed <= min(best ceiling, cap)
///  4 no session id recurs                      5 a row needs the signer's voucher and the enclave's meter
///  6 replaying any signed thing moves nothing  7 an owner can always leave after CLOSE_DELAY
interface IEscrow {
    /// @notice A signed order to lock part of an owner's balance for one pod, or to add to such a lock.
    /// @param owner whose balance is locked
    /// @param signer key that signs this session's vouchers
    /// @param salt equals `nonce` for a new session; names the session to add to otherwise
    /// @param cap base units to lock (added to the cap of an open session)
    /// @param expiry last second (Unix) of the session
    /// @param nonce used once for ever, see `account`
    /// @param deadline last second (Unix) at which this order may be executed
    /// @param signature the owner's, over typed data `OpenSession` (65 bytes r|s|v or 64 bytes EIP-2098)
    struct Open {
        address owner;
        address signer;
        uint64 salt;
        uint96 cap;
        uint40 expiry;
        uint64 nonce;
        uint40 deadline;
        bytes signature;
    }

    /// @notice Why one opening of a batch was skipped.
    enum OpenSkip {
        Deadline,
        Nonce,
        Salt,
        Expiry,
        Cap,
        Balance,
        Signature,
        Closing,
        Expired
    }

    /// @notice Why one row of a batch was skipped.
    enum RowSkip {
        NoSession,
        Expired,
        NotAboveClaimed,
        AboveCeiling,
        AboveCap,
        Signature
    }

    event Deposited(address indexed owner, address indexed from, uint96 amount);
    event Withdrawn(address indexed owner, address indexed to, uint96 amount);
    event SessionOpened(
        bytes32 indexed sessionId,
        address indexed owner,
        address indexed pod,
        address signer,
        uint64 salt,
        uint96 cap,
        uint40 expiry
    );
    event OpenSkipped(
        bytes32 indexed sessionId, address indexed owner, address indexed pod, uint64 nonce, OpenSkip reason
    );
    event CloseRequested(bytes32 indexed sessionId, uint40 expiry);
    event Released(bytes32 indexed sessionId, address indexed owner, uint96 amount);
    /// @param rows rows of the batch, skipped ones included
    /// @param charged base units moved by this batch
    event Settled(
        address indexed pod,
        uint64 indexed seq,
        bytes32 receiptsRoot,
        bytes32 keyConfigHash,
        uint256 rows,
        uint96 charged
    );
    event RowSkipped(address indexed pod, uint64 indexed seq, bytes32 indexed sessionId, uint256 row, RowSkip reason);
    event PaidOut(address indexed operator, address indexed to, uint96 amount);

    error ZeroAmount();
    error ZeroAddress();
    error BadRecipient(address to);
    error WrongRegistry(address registry, address itsEscrow);
    error AmountTooLarge(uint256 amount);
    error UnsupportedToken(uint256 asked, uint256 arrived);
    error InsufficientBalance(uint96 available, uint96 asked);
    error NoSession(bytes32 sessionId);
    error NotParty(bytes32 sessionId, address caller);
    error NotExpired(bytes32 sessionId, uint40 expiry);
    error UnknownPod(address pod);
    error IdentityRevoked(address pod, address identity, IPodRegistry.Standing standing);
    error IdentityExpired(address pod, uint40 validUntil);
    error BadSequence(uint64 seq, uint64 expected);
    error BadRows(uint256 length);
    error BadBatchSignature();

    /// @notice Credits `amount` to the caller; needs an allowance.
    function deposit(uint96 amount) external;

    /// @notice Takes unlocked balance out.
    function withdraw(address to, uint96 amount) external;

    /// @notice Executes signed openings for one pod; anyone may send them. A bad one is skipped with an event.
    function openSessions(address pod, Open[] calldata opens) external;

    /// @notice Pays a pod's operator what its enclave metered and its users allowed.
    /// @dev `rows` is a concatenation of 180-byte rows: owner20 signer20 salt8 charged12 ceiling12 acked12
    /// requestHash32 r32 vs32. The identity registered for `pod` signs typed data
    /// `SettleBatch(pod, seq, keccak256(rows), receiptsRoot, keyConfigHash)`; `seq` must be `lastSeq(pod) + 1`.
    /// A row moves `charged - claimed` if `claimed < charged <= min(ceiling, cap)`, the session has not expired and the
    /// session's signer signed `Voucher(sessionId, ceiling, acked, requestHash)`; otherwise it is skipped with an event.
    function settle(
        address pod,
        uint64 seq,
        bytes32 receiptsRoot,
        bytes32 keyConfigHash,
        bytes calldata rows,
        bytes32 r,
        bytes32 vs
    ) external;

    /// @notice Starts closing a session: its expiry becomes at most now + CLOSE_DELAY; it stays settleable until then.
    /// Callable by the session's owner or signer.
    function requestClose(address owner, address signer, address pod, uint64 salt) external;

    /// @notice Gives what an expired session did not spend back to its owner and deletes it; anyone may call.
    function release(address owner, address signer, address pod, uint64 salt) external;

    /// @notice Pays the caller's claimable earnings out.
    function payout(address to) external returns (uint96 amount);

    /// @return avail unlocked balance
    /// @return nonceBase lowest nonce that may still be used
    /// @return nonceWindow bit i set: nonce `nonceBase + i` is used
    function account(address owner) external view returns (uint96 avail, uint64 nonceBase, uint96 nonceWindow);

    function session(bytes32 sessionId) external view returns (uint96 cap, uint96 claimed, uint40 expiry, bool closing);

    function sessionIdOf(address owner, address signer, address pod, uint64 salt) external pure returns (bytes32);

    function claimable(address operator) external view returns (uint96);

    /// @notice Sequence number of the pod's last settled batch, 0 before the first.
    function lastSeq(address pod) external view returns (uint64);

    function domainSeparator() external view returns (bytes32);

    function token() external view returns (address);

    function registry() external view returns (address);
}
