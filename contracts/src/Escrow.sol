// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {IEscrow} from "./interfaces/IEscrow.sol";
import {IPodRegistry} from "./interfaces/IPodRegistry.sol";
import {TypedData} from "./TypedData.sol";

/// @title The users' balances, and how pods are paid from them
/// @dev IEscrow is the specification.
contract Escrow is IEscrow, EIP712, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    /// @notice How long a session stays settleable after its close was asked for, at most.
    uint40 public constant CLOSE_DELAY = 1 hours;
    /// @notice The farthest expiry an order may ask for, from now.
    uint40 public constant MAX_SESSION_LIFETIME = 90 days;
    /// @notice Bytes of one row of a settlement.
    uint256 public constant ROW_BYTES = 180;
    /// @notice How far above the window of an account a nonce may lie.
    uint64 public constant MAX_NONCE_JUMP = 4096;

    uint64 private constant NONCE_WINDOW = 96;
    /// @dev Salts with the top bit are kept for sessions that delegates open.
    uint64 private constant NONCE_LIMIT = 1 << 63;

    struct Account {
        uint96 avail;
        uint64 nonceBase;
        uint96 nonceWindow;
    }

    struct Session {
        uint96 cap;
        uint96 claimed;
        uint40 expiry;
        bool closing;
    }

    IERC20 private immutable _token;
    IPodRegistry private immutable _registry;

    mapping(address owner => Account) private _accounts;
    mapping(bytes32 sessionId => Session) private _sessions;

    /// @inheritdoc IEscrow
    mapping(address operator => uint96) public claimable;
    /// @inheritdoc IEscrow
    mapping(address pod => uint64) public lastSeq;

    /// @param token_ the one token that is held
    /// @param registry_ a registry that was deployed with this escrow's predicted address
    constructor(IERC20 token_, IPodRegistry registry_) EIP712("PhallamaEscrow", "1") {
        if (address(token_) == address(0)) revert ZeroAddress();
        address pointsTo = registry_.escrow();
        if (pointsTo != address(this)) revert WrongRegistry(address(registry_), pointsTo);
        _token = token_;
        _registry = registry_;
    }

    /// @inheritdoc IEscrow
    function deposit(uint96 amount) external nonReentrant {
        if (amount == 0) revert ZeroAmount();
        uint256 before = _token.balanceOf(address(this));
        _token.safeTransferFrom(msg.sender, address(this), amount);
        uint256 held = _token.balanceOf(address(this));
        if (held < before || held - before != amount) {
            revert UnsupportedToken(amount, held < before ? 0 : held - before);
        }
        // Everything held fits 96 bits, and so does every sum of balances below.
        if (held > type(uint96).max) revert AmountTooLarge(held);
        _accounts[msg.sender].avail += amount;
        emit Deposited(msg.sender, msg.sender, amount);
    }

    /// @inheritdoc IEscrow
    function withdraw(address to, uint96 amount) external nonReentrant {
        Account storage a = _accounts[msg.sender];
        uint96 avail = a.avail;
        if (amount > avail) revert InsufficientBalance(avail, amount);
        a.avail = avail - amount;
        emit Withdrawn(msg.sender, to, amount);
        _pay(to, amount);
    }

    /// @inheritdoc IEscrow
    function payout(address to) external nonReentrant returns (uint96 amount) {
        amount = claimable[msg.sender];
        claimable[msg.sender] = 0;
        emit PaidOut(msg.sender, to, amount);
        _pay(to, amount);
    }

    /// @inheritdoc IEscrow
    function openSessions(address pod, Open[] calldata opens) external {
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
        Session storage s = _sessions[id];
        if (s.cap == 0) revert NoSession(id);
        if (msg.sender != owner && msg.sender != signer) revert NotParty(id, msg.sender);
        uint40 latest = uint40(block.timestamp) + CLOSE_DELAY;
        if (s.expiry > latest) s.expiry = latest;
        s.closing = true;
        emit CloseRequested(id, s.expiry);
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
        _accounts[owner].avail += amount;
        emit Released(id, owner, amount);
    }

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
        bytes32 digest = _hashTypedDataV4(TypedData.settleBatch(pod, seq, keccak256(rows), receiptsRoot, keyConfigHash));
        // A failed recovery yields the zero address, which is nobody's identity.
        (address identity,,) = ECDSA.tryRecover(digest, r, vs);
        (address operator, uint40 validUntil, IPodRegistry.Standing standing) = _registry.settlementKey(pod, identity);
        if (operator == address(0)) revert UnknownPod(pod);
        if (standing == IPodRegistry.Standing.NONE) revert BadBatchSignature();
        if (standing != IPodRegistry.Standing.GOOD) revert IdentityRevoked(pod, identity, standing);
        if (block.timestamp > validUntil) revert IdentityExpired(pod, validUntil);
        uint64 expected = lastSeq[pod] + 1;
        if (seq != expected) revert BadSequence(seq, expected);
        lastSeq[pod] = seq;

        uint96 charged = _settleRows(pod, seq, rows);
        if (charged != 0) claimable[operator] += charged;
        emit Settled(pod, seq, receiptsRoot, keyConfigHash, rows.length / ROW_BYTES, charged);
    }

    /// @inheritdoc IEscrow
    function account(address owner) external view returns (uint96 avail, uint64 nonceBase, uint96 nonceWindow) {
        Account storage a = _accounts[owner];
        return (a.avail, a.nonceBase, a.nonceWindow);
    }

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
    function domainSeparator() external view returns (bytes32) {
        return _domainSeparatorV4();
    }

    /// @inheritdoc IEscrow
    function token() external view returns (address) {
        return address(_token);
    }

    /// @inheritdoc IEscrow
    function registry() external view returns (address) {
        return address(_registry);
    }

    function _pay(address to, uint96 amount) private {
        if (amount == 0) revert ZeroAmount();
        if (to == address(0)) revert ZeroAddress();
        // Tokens sent here without a deposit would belong to nobody.
        if (to == address(this)) revert BadRecipient(to);
        _token.safeTransfer(to, amount);
    }

    /// @dev Executes one order, or changes nothing and says why.
    function _open(address pod, bytes32 id, Open calldata o) private returns (bool ok, OpenSkip reason) {
        if (block.timestamp > o.deadline) return (false, OpenSkip.Deadline);
        Session memory s = _sessions[id];
        // A cap counts what was paid out long ago as well, so that it may outgrow what there is of the token.
        if (o.cap == 0 || o.cap > type(uint96).max - s.cap) return (false, OpenSkip.Cap);
        // A new session is named by a nonce, which is used once for ever: no session id recurs.
        bool adds = o.salt != o.nonce;
        if (o.expiry > block.timestamp + MAX_SESSION_LIFETIME || (!adds && o.expiry < block.timestamp)) {
            return (false, OpenSkip.Expiry);
        }

        Account memory a = _accounts[o.owner];
        if (!_useNonce(a, o.nonce)) return (false, OpenSkip.Nonce);
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

        bytes32 digest = _hashTypedDataV4(TypedData.openSession(pod, o));
        (uint8 v, bytes32 r, bytes32 sigS) = ECDSA.parseCalldata(o.signature);
        (address by,,) = ECDSA.tryRecover(digest, v, r, sigS);
        if (by != o.owner || by == address(0)) return (false, OpenSkip.Signature);

        _accounts[o.owner] = a;
        _sessions[id] = s;
        emit SessionOpened(id, o.owner, pod, o.signer, o.salt, s.cap, s.expiry);
        return (true, reason);
    }

    /// @dev Marks a nonce as used in the copy of the account, or says that it cannot be.
    function _useNonce(Account memory a, uint64 nonce) private pure returns (bool) {
        if (nonce < a.nonceBase || nonce >= NONCE_LIMIT) return false;
        uint64 offset = nonce - a.nonceBase;
        if (offset >= NONCE_WINDOW) {
            // The nonce becomes the window's last; those that leave the window below can never be used.
            uint64 jump = offset - (NONCE_WINDOW - 1);
            if (jump > MAX_NONCE_JUMP) return false;
            a.nonceBase += jump;
            a.nonceWindow >>= jump;
            offset = NONCE_WINDOW - 1;
        }
        uint96 bit = uint96(1) << offset;
        if (a.nonceWindow & bit != 0) return false;
        a.nonceWindow |= bit;
        return true;
    }

    /// @return total what the rows moved out of their sessions
    function _settleRows(address pod, uint64 seq, bytes calldata rows) private returns (uint96 total) {
        bytes32 domain = _domainSeparatorV4();
        uint256 n = rows.length / ROW_BYTES;
        for (uint256 i = 0; i < n; ++i) {
            uint256 row = i * ROW_BYTES;
            address owner = address(bytes20(_word(rows, row)));
            address signer = address(bytes20(_word(rows, row + 20)));
            bytes32 id = TypedData.sessionId(owner, signer, pod, uint64(bytes8(_word(rows, row + 40))));
            (uint96 moved, RowSkip reason) = _settleRow(domain, id, signer, rows, row);
            if (moved == 0) emit RowSkipped(pod, seq, id, i, reason);
            total += moved;
        }
    }

    /// @return moved 0 where the row was skipped, for `reason`
    function _settleRow(bytes32 domain, bytes32 id, address signer, bytes calldata rows, uint256 row)
        private
        returns (uint96 moved, RowSkip reason)
    {
        uint96 charged = uint96(bytes12(_word(rows, row + 48)));
        uint96 ceiling = uint96(bytes12(_word(rows, row + 60)));
        Session storage s = _sessions[id];
        (uint96 cap, uint96 claimed, uint40 expiry) = (s.cap, s.claimed, s.expiry);
        if (cap == 0) return (0, RowSkip.NoSession);
        if (block.timestamp > expiry) return (0, RowSkip.Expired);
        if (charged <= claimed) return (0, RowSkip.NotAboveClaimed);
        if (charged > ceiling) return (0, RowSkip.AboveCeiling);
        if (charged > cap) return (0, RowSkip.AboveCap);

        uint96 acked = uint96(bytes12(_word(rows, row + 72)));
        bytes32 digest =
            MessageHashUtils.toTypedDataHash(domain, TypedData.voucher(id, ceiling, acked, _word(rows, row + 84)));
        (address by,,) = ECDSA.tryRecover(digest, _word(rows, row + 116), _word(rows, row + 148));
        if (by != signer || by == address(0)) return (0, RowSkip.Signature);

        s.claimed = charged;
        return (charged - claimed, reason);
    }

    /// @dev 32 bytes of the rows. A slice would check its bounds again: `rows` is whole rows, and the last word of a row
    /// ends where the row does.
    function _word(bytes calldata rows, uint256 index) private pure returns (bytes32 word) {
        assembly ("memory-safe") {
            word := calldataload(add(rows.offset, index))
        }
    }
}
