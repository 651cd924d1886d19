// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {IEscrow} from "./interfaces/IEscrow.sol";
import {IPodRegistry} from "./interfaces/IPodRegistry.sol";
import {ISgxQuoteVerifier} from "./interfaces/ISgxQuoteVerifier.sol";
import {EscrowAccounts} from "./EscrowAccounts.sol";
import {TypedData} from "./TypedData.sol";

/// @title The users' balances, and how pods are paid from them
/// @dev IEscrow is the specification.
contract Escrow is EscrowAccounts {
    /// @notice How long a session stays settleable after its close was asked for, at most.
    uint40 public constant CLOSE_DELAY = 1 hours;
    /// @notice The farthest expiry an order may ask for, from now.
    uint40 public constant MAX_SESSION_LIFETIME = 90 days;
    /// @notice Bytes of one row of a settlement.
    uint256 public constant ROW_BYTES = 180;
    /// @notice Bytes of one row of settleAcked: a row without `charged`.
    uint256 public constant ACKED_ROW_BYTES = 168;

    struct Session {
        uint96 cap;
        uint96 claimed;
        uint40 expiry;
        bool closing;
    }

    /// @dev What a settlement reads and writes of a pod, in one slot.
    struct Payee {
        uint96 claimable;
        uint64 seq;
        uint32 number; // on the registry, once it was asked for: it never changes
    }

    IPodRegistry private immutable _registry;

    mapping(bytes32 sessionId => Session) private _sessions;
    mapping(address pod => Payee) private _payees;

    /// @inheritdoc IEscrow
    bool public paused;

    /// @param token_ the one token that is held
    /// @param registry_ a registry that was deployed with this escrow's predicted address
    constructor(IERC20 token_, IPodRegistry registry_) EIP712("PhallamaEscrow", "1") EscrowAccounts(token_) {
        address pointsTo = registry_.escrow();
        if (pointsTo != address(this)) revert WrongRegistry(address(registry_), pointsTo);
        _registry = registry_;
    }

    // Sessions

    /// @inheritdoc IEscrow
    function openSessions(address pod, Open[] calldata opens) external unlessPaused {
        for (uint256 i = 0; i < opens.length; ++i) {
            Open calldata o = opens[i];
            bytes32 id = TypedData.sessionId(o.owner, o.signer, pod, o.salt);
            (bool ok, OpenSkip reason) = _open(pod, id, o);
            if (!ok) emit OpenSkipped(id, o.owner, pod, o.nonce, reason);
        }
    }

    /// @inheritdoc IEscrow
    function requestClose(address owner, address signer, address pod, uint64 salt) external {
        bytes32 id = TypedData.sessionId(owner, signer, pod, salt);
        bool may = msg.sender == owner || msg.sender == signer
            || (salt & DELEGATES != 0 && _delegates[owner][signer].cap == 0);
        _requestClose(id, may);
    }

    /// @inheritdoc IEscrow
    function requestCloseFor(
        address owner,
        address signer,
        address pod,
        uint64 salt,
        uint40 deadline,
        bytes calldata signature
    ) external {
        if (block.timestamp > deadline) revert Late(deadline);
        bytes32 id = TypedData.sessionId(owner, signer, pod, salt);
        bytes32 structHash = TypedData.requestClose(id, deadline);
        if (!_signed(owner, structHash, signature) && !_signed(signer, structHash, signature)) {
            revert BadSignature(owner);
        }
        _requestClose(id, true);
    }

    /// @inheritdoc IEscrow
    function release(address owner, address signer, address pod, uint64 salt) external {
        bytes32 id = TypedData.sessionId(owner, signer, pod, salt);
        Session memory s = _sessions[id];
        if (s.cap == 0) revert NoSession(id);
        if (block.timestamp <= s.expiry) revert NotExpired(id, s.expiry);
        // The slot can go: a session's salt is a nonce that its owner can never use again, so its vouchers stay dead.
        delete _sessions[id];
        uint96 amount = s.cap - s.claimed;
        _giveBack(owner, signer, salt, amount);
        emit Released(id, owner, amount);
    }

    // Settlement

    /// @inheritdoc IEscrow
    function settle(
        address pod,
        uint64 seq,
        bytes32 receiptsRoot,
        bytes32 keyConfigHash,
        bytes calldata rows,
        bytes32 r,
        bytes32 vs
    ) external {
        if (rows.length == 0 || rows.length % ROW_BYTES != 0) revert BadRows(rows.length);
        bytes32 batch = TypedData.settleBatch(pod, seq, keccak256(rows), receiptsRoot, keyConfigHash);
        Payee memory p = _payees[pod];
        if (!_enclaveSigned(pod, p, batch, r, vs)) revert BadBatchSignature();
        if (seq != p.seq + 1) revert BadSequence(seq, p.seq + 1);
        p.seq = seq;

        uint256 n = rows.length / ROW_BYTES;
        uint96 charged = _settleRows(pod, seq, rows, n, ROW_BYTES);
        p.claimable += charged;
        _payees[pod] = p;
        emit Settled(pod, seq, receiptsRoot, keyConfigHash, n, charged);
    }

    /// @inheritdoc IEscrow
    function settleAcked(address pod, bytes calldata rows) external {
        if (rows.length == 0 || rows.length % ACKED_ROW_BYTES != 0) revert BadRows(rows.length);
        uint256 n = rows.length / ACKED_ROW_BYTES;
        uint96 charged = _settleRows(pod, 0, rows, n, ACKED_ROW_BYTES);
        if (charged != 0) _payees[pod].claimable += charged;
        emit SettledAcked(pod, n, charged);
    }

    /// @inheritdoc IEscrow
    function closeNow(address pod, bytes calldata row, uint40 deadline, bytes32 r, bytes32 vs) external {
        if (row.length != ROW_BYTES) revert BadRows(row.length);
        if (block.timestamp > deadline) revert Late(deadline);
        (address owner, address signer, uint64 salt) = _parties(row, 0);
        bytes32 id = TypedData.sessionId(owner, signer, pod, salt);
        uint96 charged = uint96(bytes12(_word(row, 48)));
        Payee memory p = _payees[pod];
        if (!_enclaveSigned(pod, p, TypedData.closeSession(id, charged, deadline), r, vs)) revert BadCloseSignature();

        (uint96 moved, RowSkip reason) = _settleRow(_domainSeparatorV4(), id, signer, row, 0, ROW_BYTES);
        Session memory s = _sessions[id];
        if (moved == 0 && (s.cap == 0 || charged != s.claimed)) revert BadRow(reason);
        p.claimable += moved;
        _payees[pod] = p;
        delete _sessions[id]; // as in release
        uint96 amount = s.cap - s.claimed;
        _giveBack(owner, signer, salt, amount);
        emit Closed(id, owner, charged, amount);
    }

    /// @inheritdoc IEscrow
    function payout(address[] calldata pods, address to) external nonReentrant returns (uint96 amount) {
        for (uint256 i = 0; i < pods.length; ++i) {
            address pod = pods[i];
            if (_registry.operatorOf(pod) != msg.sender) revert NotOperator(pod, msg.sender);
            uint96 earned = _payees[pod].claimable;
            _payees[pod].claimable = 0;
            amount += earned;
            emit PaidOut(pod, to, earned);
        }
        _pay(to, amount);
    }

    /// @inheritdoc IEscrow
    function setPaused(bool paused_) external {
        ISgxQuoteVerifier governance = _registry.verifier();
        if (msg.sender != governance.guardian() && msg.sender != governance.governor()) {
            revert NotGovernance(msg.sender);
        }
        paused = paused_;
        emit PausedSet(paused_, msg.sender);
    }

    // Views

    /// @inheritdoc IEscrow
    function session(bytes32 sessionId)
        external
        view
        returns (uint96 cap, uint96 claimed, uint40 expiry, bool closing)
    {
        Session storage s = _sessions[sessionId];
        return (s.cap, s.claimed, s.expiry, s.closing);
    }

    /// @inheritdoc IEscrow
    function sessionIdOf(address owner, address signer, address pod, uint64 salt) external pure returns (bytes32) {
        return TypedData.sessionId(owner, signer, pod, salt);
    }

    /// @inheritdoc IEscrow
    function claimable(address pod) external view returns (uint96) {
        return _payees[pod].claimable;
    }

    /// @inheritdoc IEscrow
    function lastSeq(address pod) external view returns (uint64) {
        return _payees[pod].seq;
    }

    /// @inheritdoc IEscrow
    function registry() external view returns (address) {
        return address(_registry);
    }

    function _checkNotPaused() internal view override {
        if (paused) revert IsPaused();
    }

    /// @dev Executes one order, or changes nothing and says why.
    function _open(address pod, bytes32 id, Open calldata o) private returns (bool ok, OpenSkip reason) {
        if (block.timestamp > o.deadline) return (false, OpenSkip.Deadline);
        Session memory s = _sessions[id];
        // A cap counts what was paid out long ago as well, so that it may outgrow what there is of the token.
        if (o.cap == 0 || o.cap > type(uint96).max - s.cap) return (false, OpenSkip.Cap);
        // A new session is named by a nonce, which is used once for ever: no session id recurs.
        bool delegated = o.salt & DELEGATES != 0;
        bool adds = o.salt != (delegated ? o.nonce | DELEGATES : o.nonce);
        if (o.expiry > block.timestamp + MAX_SESSION_LIFETIME || (!adds && o.expiry < block.timestamp)) {
            return (false, OpenSkip.Expiry);
        }

        Account memory a = _accounts[o.owner];
        Delegate memory d;
        if (delegated) {
            d = _delegates[o.owner][o.signer];
            if (!_useNonce(d, o.nonce)) return (false, OpenSkip.Nonce);
            if (block.timestamp > d.expiry || d.cap < d.used || o.cap > d.cap - d.used) {
                return (false, OpenSkip.Delegate);
            }
            // No session of a delegate's outlives what it was given.
            if (o.expiry > d.expiry) return (false, OpenSkip.Expiry);
            d.used += o.cap;
        } else if (!_useNonce(a, o.nonce)) {
            return (false, OpenSkip.Nonce);
        }
        if (o.cap > a.avail) return (false, OpenSkip.Balance);
        if (adds) {
            if (s.cap == 0) return (false, OpenSkip.Salt);
            if (s.closing) return (false, OpenSkip.Closing);
            // What a session has not paid by its expiry is its owner's again: an order that was held back until then must
            // not bring its vouchers back to life.
            if (block.timestamp > s.expiry) return (false, OpenSkip.Expired);
        }
        a.avail -= o.cap;
        s.cap += o.cap;
        if (o.expiry > s.expiry) s.expiry = o.expiry;

        if (!_signed(delegated ? o.signer : o.owner, TypedData.openSession(pod, o), o.signature)) {
            return (false, OpenSkip.Signature);
        }

        _accounts[o.owner] = a;
        if (delegated) _delegates[o.owner][o.signer] = d;
        _sessions[id] = s;
        emit SessionOpened(id, o.owner, pod, o.signer, o.salt, s.cap, s.expiry);
        return (true, reason);
    }

    function _requestClose(bytes32 id, bool may) private {
        Session storage s = _sessions[id];
        if (s.cap == 0) revert NoSession(id);
        if (!may) revert NotParty(id, msg.sender);
        uint40 latest = uint40(block.timestamp) + CLOSE_DELAY;
        if (s.expiry > latest) s.expiry = latest;
        s.closing = true;
        emit CloseRequested(id, s.expiry);
    }

    /// @dev Whether an identity of the pod signed. Reverts where it did and may not.
    /// @param p the pod's slot, which gets its number if it has none
    function _enclaveSigned(address pod, Payee memory p, bytes32 structHash, bytes32 r, bytes32 vs)
        private
        view
        returns (bool)
    {
        // A failed recovery yields the zero address, which is nobody's identity.
        (address identity,,) = ECDSA.tryRecover(_hashTypedDataV4(structHash), r, vs);
        if (p.number == 0) {
            p.number = _registry.numberOf(pod);
            if (p.number == 0) revert UnknownPod(pod);
        }
        (uint32 number, uint40 validUntil, IPodRegistry.Standing standing) = _registry.settlementKey(identity);
        if (number != p.number) return false;
        if (standing != IPodRegistry.Standing.GOOD) revert IdentityRevoked(pod, identity, standing);
        if (block.timestamp > validUntil) revert IdentityExpired(pod, validUntil);
        return true;
    }

    /// @param size of a row
    /// @return total what the rows moved out of their sessions
    function _settleRows(address pod, uint64 seq, bytes calldata rows, uint256 n, uint256 size)
        private
        returns (uint96 total)
    {
        bytes32 domain = _domainSeparatorV4();
        for (uint256 i = 0; i < n; ++i) {
            uint256 row = i * size;
            (address owner, address signer, uint64 salt) = _parties(rows, row);
            bytes32 id = TypedData.sessionId(owner, signer, pod, salt);
            (uint96 moved, RowSkip reason) = _settleRow(domain, id, signer, rows, row, size);
            if (moved == 0) emit RowSkipped(pod, seq, id, i, reason);
            total += moved;
        }
    }

    /// @return moved 0 where the row was skipped, for `reason`
    function _settleRow(bytes32 domain, bytes32 id, address signer, bytes calldata rows, uint256 row, uint256 size)
        private
        returns (uint96 moved, RowSkip reason)
    {
        uint256 end = row + size;
        uint96 ceiling = uint96(bytes12(_word(rows, end - 120)));
        uint96 acked = uint96(bytes12(_word(rows, end - 108)));
        uint96 charged = size == ROW_BYTES ? uint96(bytes12(_word(rows, row + 48))) : acked;
        Session storage s = _sessions[id];
        (uint96 cap, uint96 claimed, uint40 expiry) = (s.cap, s.claimed, s.expiry);
        if (cap == 0) return (0, RowSkip.NoSession);
        if (block.timestamp > expiry) return (0, RowSkip.Expired);
        if (charged <= claimed) return (0, RowSkip.NotAboveClaimed);
        if (charged > ceiling) return (0, RowSkip.AboveCeiling);
        if (charged > cap) return (0, RowSkip.AboveCap);

        bytes32 voucher = TypedData.voucher(id, ceiling, acked, _word(rows, end - 96));
        (address by,,) = ECDSA.tryRecover(
            MessageHashUtils.toTypedDataHash(domain, voucher), _word(rows, end - 64), _word(rows, end - 32)
        );
        if (by != signer || by == address(0)) return (0, RowSkip.Signature);

        s.claimed = charged;
        return (charged - claimed, reason);
    }

    function _parties(bytes calldata rows, uint256 row)
        private
        pure
        returns (address owner, address signer, uint64 salt)
    {
        owner = address(bytes20(_word(rows, row)));
        signer = address(bytes20(_word(rows, row + 20)));
        salt = uint64(bytes8(_word(rows, row + 40)));
    }

    /// @dev 32 bytes of the rows. A slice would check its bounds again: `rows` is whole rows, and the last word of a row
    /// ends where the row does.
    function _word(bytes calldata rows, uint256 index) private pure returns (bytes32 word) {
        assembly ("memory-safe") {
            word := calldataload(add(rows.offset, index))
        }
    }
}
