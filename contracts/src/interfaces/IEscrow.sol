// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IPodRegistry} from "./IPodRegistry.sol";

/// @title Dual-signed sessions: the users' balances and how pods are paid from them
/// @notice Money moves from an owner to a pod only where the session's signer allowed it (a voucher with a cumulative
/// ceiling) AND the pod's attested enclave metered it (one signature for a batch of rows), or where the signer itself
/// acknowledged it (`settleAcked`).
/// @dev docs/spec/billing.md is the specification this interface executes. Amounts are base units of `token`. No proxy,
/// no fee, and nobody who can touch a balance: governance's guardian can pause deposits and openings, and nothing else.
/// Tokens that charge a fee on transfer or rebase are not supported: deposits credit what arrived only if it is exactly
/// what was asked for, and revert otherwise.
///
/// "Signed by" an account means: by its key, 65 bytes r|s|v or 64 bytes EIP-2098, s in the lower half; or, for a
/// contract, what its `isValidSignature` (ERC-1271) accepts within 100,000 gas. An account with an EIP-7702 delegation
/// signs with its key.
///
/// Assumptions: the token is a plain ERC-20 that moves what it says and calls nobody back; the registry and its verifier
/// are the ones that docs/spec/registry.md specifies; the chain's clock is right within minutes.
///
/// Invariants (numbered as in docs/spec/billing.md section 9):
///  1 token balance = sum(avail) + sum(cap - claimed) + sum(claimable)
///  2 claimed only grows                        3 claimed <= min(best ceiling, cap)
///  4 no session id recurs                      5 a row moves money only with the signer's voucher, and with the
///                                                enclave's meter or the signer's own acked
///  6 replaying any signed thing moves nothing  7 an owner can always leave after CLOSE_DELAY
///  8 a delegate never locks beyond its cap
///  9 and 10 are the pod's: claimed <= charged, charged + reserved <= ceiling <= cap; a request is billed at most once
interface IEscrow {
    /// @notice A signed order to lock part of an owner's balance for one pod, or to add to such a lock.
    /// @param owner whose balance is locked
    /// @param signer key that signs this session's vouchers
    /// @param salt names the session: `nonce` for a new one of the owner's, `nonce | 1 << 63` for a new one of a
    /// delegate's; the salt of an open session to add to it
    /// @param cap base units to lock (added to the cap of an open session)
    /// @param expiry last second (Unix) of the session
    /// @param nonce used once for ever: one of the owner's (see `account`), or of the delegate's (see `delegate`) where
    /// the salt has its top bit set
    /// @param deadline last second (Unix) at which this order may be executed
    /// @param signature over typed data `OpenSession`, by the owner; where the salt has its top bit set by the delegate,
    /// who is the signer
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
        Expired,
        Delegate
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
    /// @param fee what the relayer of a signed withdrawal got beside it, 0 for a withdrawal by the owner
    event Withdrawn(address indexed owner, address indexed to, uint96 amount, uint96 fee);
    event DelegateSet(address indexed owner, address indexed delegate, uint96 cap, uint32 expiry);
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
    /// @param amount what returned to the owner's balance
    event Released(bytes32 indexed sessionId, address indexed owner, uint96 amount);
    /// @param charged what the session has paid in all
    /// @param amount what returned to the owner's balance
    event Closed(bytes32 indexed sessionId, address indexed owner, uint96 charged, uint96 amount);
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
    /// @notice A settlement of what signers acknowledged, without an enclave.
    event SettledAcked(address indexed pod, uint256 rows, uint96 charged);
    /// @param seq of the batch, 0 for rows of settleAcked
    event RowSkipped(address indexed pod, uint64 indexed seq, bytes32 indexed sessionId, uint256 row, RowSkip reason);
    event PaidOut(address indexed pod, address indexed to, uint96 amount);
    event PausedSet(bool paused, address by);

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
    error NotOperator(address pod, address caller);
    error NotGovernance(address caller);
    error IdentityRevoked(address pod, address identity, IPodRegistry.Standing standing);
    error IdentityExpired(address pod, uint40 validUntil);
    error BadSequence(uint64 seq, uint64 expected);
    error BadRows(uint256 length);
    error BadBatchSignature();
    error BadCloseSignature();
    error BadRow(RowSkip reason);
    error BadSignature(address expected);
    error BadNonce(uint64 nonce);
    error Late(uint40 deadline);
    error PermitUsed();
    error IsPaused();

    // Balances

    /// @notice Credits `amount` to the caller; needs an allowance.
    function deposit(uint96 amount) external;

    /// @notice Credits the caller's `amount` to somebody else, who alone can take it out again.
    function depositFor(address owner, uint96 amount) external;

    /// @notice Deposits by an EIP-2612 permit of the holder's for this escrow. Anyone may send it: it credits the holder.
    /// A permit that somebody else brought to the token before is good, once.
    function depositWithPermit(address holder, uint96 amount, uint256 deadline, uint8 v, bytes32 r, bytes32 s) external;

    /// @notice Deposits by an EIP-3009 `ReceiveWithAuthorization` of the holder's to this escrow. Anyone may send it: it
    /// credits the holder.
    function depositWithAuthorization(
        address holder,
        uint96 amount,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external;

    /// @notice Takes unlocked balance out.
    function withdraw(address to, uint96 amount) external;

    /// @notice Takes unlocked balance out by typed data `Withdraw`, signed by the owner, of which the caller gets `fee`.
    function withdrawFor(
        address owner,
        address to,
        uint96 amount,
        uint96 fee,
        uint64 nonce,
        uint40 deadline,
        bytes calldata signature
    ) external;

    // Delegates

    /// @notice Lets a key open sessions from the caller's balance, with itself as their signer: up to `cap` in all, until
    /// `expiry` (Unix seconds), beyond which no session of it may last. What it locked and did not spend counts again
    /// once its sessions are closed. cap 0 and expiry 0 revoke it: it opens nothing more, and anyone may ask for the close
    /// of its sessions.
    function setDelegate(address delegate, uint96 cap, uint32 expiry) external;

    /// @notice setDelegate by typed data `Delegate`, signed by the owner.
    function setDelegateFor(
        address owner,
        address delegate,
        uint96 cap,
        uint32 expiry,
        uint64 nonce,
        uint40 deadline,
        bytes calldata signature
    ) external;

    // Sessions

    /// @notice Executes signed openings for one pod; anyone may send them. A bad one is skipped with an event.
    function openSessions(address pod, Open[] calldata opens) external;

    /// @notice Pays a pod what its enclave metered and its users allowed.
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

    /// @notice Pays a pod what its users acknowledged, without any enclave: `settle` where a row's charge is its voucher's
    /// `acked`. Anyone may send it, whatever is revoked or expired of the pod.
    /// @dev `rows` is a concatenation of 168-byte rows: owner20 signer20 salt8 ceiling12 acked12 requestHash32 r32 vs32.
    function settleAcked(address pod, bytes calldata rows) external;

    /// @notice Settles a session for the last time and closes it at once, by typed data
    /// `CloseSession(sessionId, charged, deadline)` of an identity that may settle. Anyone may send it.
    /// @param row as in `settle`; where its `charged` is what the session has paid already, its voucher is not looked at
    function closeNow(address pod, bytes calldata row, uint40 deadline, bytes32 r, bytes32 vs) external;

    /// @notice Starts closing a session: its expiry becomes at most now + CLOSE_DELAY; it stays settleable until then.
    /// Callable by the session's owner or signer, and by anyone for a session of a delegate that was revoked.
    function requestClose(address owner, address signer, address pod, uint64 salt) external;

    /// @notice requestClose by typed data `RequestClose`, signed by the session's owner or signer.
    function requestCloseFor(
        address owner,
        address signer,
        address pod,
        uint64 salt,
        uint40 deadline,
        bytes calldata signature
    ) external;

    /// @notice Gives what an expired session did not spend back to its owner and deletes it; anyone may call.
    function release(address owner, address signer, address pod, uint64 salt) external;

    /// @notice Pays out what pods of the caller have earned.
    function payout(address[] calldata pods, address to) external returns (uint96 amount);

    /// @notice Stops deposits and openings, or lets them go on. Governance's guardian or governor. Everything that pays a
    /// pod or lets an owner leave goes on.
    function setPaused(bool paused) external;

    // Views

    /// @return avail unlocked balance
    /// @return nonceBase lowest nonce that may still be used
    /// @return nonceWindow bit i set: nonce `nonceBase + i` is used
    function account(address owner) external view returns (uint96 avail, uint64 nonceBase, uint96 nonceWindow);

    /// @return cap what it may lock in all, 0 for none and for a revoked one
    /// @return used what it has locked, less what came back
    /// @return expiry Unix seconds
    /// @return nonceBase lowest of its own nonces that may still be used
    /// @return nonceWindow bit i set: nonce `nonceBase + i` is used
    function delegate(address owner, address key)
        external
        view
        returns (uint96 cap, uint96 used, uint32 expiry, uint24 nonceBase, uint8 nonceWindow);

    function session(bytes32 sessionId) external view returns (uint96 cap, uint96 claimed, uint40 expiry, bool closing);

    function sessionIdOf(address owner, address signer, address pod, uint64 salt) external pure returns (bytes32);

    /// @notice What a pod has earned and its operator has not been paid.
    function claimable(address pod) external view returns (uint96);

    /// @notice Sequence number of the pod's last settled batch, 0 before the first.
    function lastSeq(address pod) external view returns (uint64);

    function paused() external view returns (bool);

    function domainSeparator() external view returns (bytes32);

    function token() external view returns (address);

    function registry() external view returns (address);
}
