// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {IEscrow} from "./interfaces/IEscrow.sol";
import {Signatures} from "./Signatures.sol";
import {TypedData} from "./TypedData.sol";

/// @dev EIP-3009, of which a deposit needs one function.
interface IERC3009 {
    function receiveWithAuthorization(
        address from,
        address to,
        uint256 value,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external;
}

/// @title Who has how much in the escrow, and whom owners let lock it
/// @dev IEscrow is the specification.
abstract contract EscrowAccounts is IEscrow, EIP712, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    /// @notice How far above the window of an account a nonce may lie.
    uint64 public constant MAX_NONCE_JUMP = 4096;
    /// @notice The same, for a delegate's.
    uint64 public constant MAX_DELEGATE_NONCE_JUMP = 255;

    uint64 private constant NONCE_WINDOW = 96;
    uint64 private constant DELEGATE_NONCE_WINDOW = 8;
    /// @dev Salts with the top bit are of sessions that delegates open, and no nonce.
    uint64 internal constant DELEGATES = 1 << 63;
    uint64 private constant DELEGATE_NONCE_LIMIT = (1 << 24) - DELEGATE_NONCE_WINDOW;

    bytes32 private constant PERMIT =
        keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");

    struct Account {
        uint96 avail;
        uint64 nonceBase;
        uint96 nonceWindow;
    }

    struct Delegate {
        uint96 cap;
        uint96 used;
        uint32 expiry;
        uint24 nonceBase;
        uint8 nonceWindow;
    }

    IERC20 internal immutable _token;

    mapping(address owner => Account) internal _accounts;
    mapping(address owner => mapping(address key => Delegate)) internal _delegates;
    mapping(bytes32 digest => bool) private _permitsUsed;

    constructor(IERC20 token_) {
        if (address(token_) == address(0)) revert ZeroAddress();
        _token = token_;
    }

    modifier unlessPaused() {
        _checkNotPaused();
        _;
    }

    function _checkNotPaused() internal view virtual;

    // Balances

    /// @inheritdoc IEscrow
    function deposit(uint96 amount) external unlessPaused nonReentrant {
        _deposit(msg.sender, msg.sender, amount);
    }

    /// @inheritdoc IEscrow
    function depositFor(address owner, uint96 amount) external unlessPaused nonReentrant {
        if (owner == address(0)) revert ZeroAddress();
        _deposit(owner, msg.sender, amount);
    }

    /// @inheritdoc IEscrow
    function depositWithPermit(address holder, uint96 amount, uint256 deadline, uint8 v, bytes32 r, bytes32 s)
        external
        unlessPaused
        nonReentrant
    {
        IERC20Permit token_ = IERC20Permit(address(_token));
        uint256 nonce = token_.nonces(holder);
        bytes32 digest = _permitDigest(holder, amount, nonce, deadline);
        (address by,,) = ECDSA.tryRecover(digest, v, r, s);
        if (by == holder && by != address(0)) {
            token_.permit(holder, address(this), amount, deadline, v, r, s);
        } else {
            // Whoever saw the permit may have brought it to the token first: its nonce is gone, its allowance is there.
            if (nonce == 0) revert BadSignature(holder);
            digest = _permitDigest(holder, amount, nonce - 1, deadline);
            (by,,) = ECDSA.tryRecover(digest, v, r, s);
            if (by != holder || by == address(0)) revert BadSignature(holder);
            if (block.timestamp > deadline) revert Late(uint40(deadline));
        }
        // Another allowance of the holder's is not for this permit to move.
        if (_permitsUsed[digest]) revert PermitUsed();
        _permitsUsed[digest] = true;
        _deposit(holder, holder, amount);
    }

    /// @inheritdoc IEscrow
    function depositWithAuthorization(
        address holder,
        uint96 amount,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external unlessPaused nonReentrant {
        if (amount == 0) revert ZeroAmount();
        uint256 before = _token.balanceOf(address(this));
        IERC3009(address(_token))
            .receiveWithAuthorization(holder, address(this), amount, validAfter, validBefore, nonce, v, r, s);
        _credit(holder, holder, amount, before);
    }

    /// @inheritdoc IEscrow
    function withdraw(address to, uint96 amount) external nonReentrant {
        _debit(msg.sender, amount);
        emit Withdrawn(msg.sender, to, amount, 0);
        _pay(to, amount);
    }

    /// @inheritdoc IEscrow
    function withdrawFor(
        address owner,
        address to,
        uint96 amount,
        uint96 fee,
        uint64 nonce,
        uint40 deadline,
        bytes calldata signature
    ) external nonReentrant {
        _checkOrder(owner, TypedData.withdraw(owner, to, amount, fee, nonce, deadline), nonce, deadline, signature);
        _debit(owner, amount);
        _debit(owner, fee);
        emit Withdrawn(owner, to, amount, fee);
        _pay(to, amount);
        if (fee != 0) _pay(msg.sender, fee);
    }

    function _deposit(address owner, address from, uint96 amount) private {
        if (amount == 0) revert ZeroAmount();
        uint256 before = _token.balanceOf(address(this));
        _token.safeTransferFrom(from, address(this), amount);
        _credit(owner, from, amount, before);
    }

    function _credit(address owner, address from, uint96 amount, uint256 before) private {
        uint256 held = _token.balanceOf(address(this));
        if (held < before || held - before != amount) {
            revert UnsupportedToken(amount, held < before ? 0 : held - before);
        }
        // Everything held fits 96 bits, and so does every sum of balances below.
        if (held > type(uint96).max) revert AmountTooLarge(held);
        _accounts[owner].avail += amount;
        emit Deposited(owner, from, amount);
    }

    function _debit(address owner, uint96 amount) private {
        Account storage a = _accounts[owner];
        uint96 avail = a.avail;
        if (amount > avail) revert InsufficientBalance(avail, amount);
        a.avail = avail - amount;
    }

    function _pay(address to, uint96 amount) internal {
        if (amount == 0) revert ZeroAmount();
        if (to == address(0)) revert ZeroAddress();
        // Tokens sent here without a deposit would belong to nobody.
        if (to == address(this)) revert BadRecipient(to);
        _token.safeTransfer(to, amount);
    }

    function _permitDigest(address holder, uint256 amount, uint256 nonce, uint256 deadline)
        private
        view
        returns (bytes32)
    {
        bytes32 permit = keccak256(abi.encode(PERMIT, holder, address(this), amount, nonce, deadline));
        return MessageHashUtils.toTypedDataHash(IERC20Permit(address(_token)).DOMAIN_SEPARATOR(), permit);
    }

    // Delegates

    /// @inheritdoc IEscrow
    function setDelegate(address key, uint96 cap, uint32 expiry) external {
        _setDelegate(msg.sender, key, cap, expiry);
    }

    /// @inheritdoc IEscrow
    function setDelegateFor(
        address owner,
        address key,
        uint96 cap,
        uint32 expiry,
        uint64 nonce,
        uint40 deadline,
        bytes calldata signature
    ) external {
        _checkOrder(owner, TypedData.delegate(owner, key, cap, expiry, nonce, deadline), nonce, deadline, signature);
        _setDelegate(owner, key, cap, expiry);
    }

    function _setDelegate(address owner, address key, uint96 cap, uint32 expiry) private {
        if (key == address(0)) revert ZeroAddress();
        Delegate storage d = _delegates[owner][key];
        // What it used and its nonces stay: an id of its sessions must never recur.
        (d.cap, d.expiry) = (cap, expiry);
        emit DelegateSet(owner, key, cap, expiry);
    }

    /// @dev A session of a delegate is over: what it did not spend may be locked again.
    function _giveBack(address owner, address signer, uint64 salt, uint96 amount) internal {
        _accounts[owner].avail += amount;
        if (salt & DELEGATES != 0) _delegates[owner][signer].used -= amount;
    }

    // Signed orders

    /// @dev For orders that stand alone: whatever is wrong reverts.
    function _checkOrder(address owner, bytes32 structHash, uint64 nonce, uint40 deadline, bytes calldata signature)
        private
    {
        if (block.timestamp > deadline) revert Late(deadline);
        Account memory a = _accounts[owner];
        if (!_useNonce(a, nonce)) revert BadNonce(nonce);
        if (!_signed(owner, structHash, signature)) revert BadSignature(owner);
        _accounts[owner] = a;
    }

    function _signed(address by, bytes32 structHash, bytes calldata signature) internal view returns (bool) {
        return Signatures.signed(by, _hashTypedDataV4(structHash), signature);
    }

    /// @dev Marks a nonce as used in the copy of the account, or says that it cannot be.
    function _useNonce(Account memory a, uint64 nonce) internal pure returns (bool) {
        if (nonce < a.nonceBase || nonce >= DELEGATES) return false;
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

    /// @dev The same for a delegate's nonces, whose window is smaller: all of it fits one slot.
    function _useNonce(Delegate memory d, uint64 nonce) internal pure returns (bool) {
        if (nonce < d.nonceBase || nonce >= DELEGATE_NONCE_LIMIT) return false;
        uint64 offset = nonce - d.nonceBase;
        if (offset >= DELEGATE_NONCE_WINDOW) {
            uint64 jump = offset - (DELEGATE_NONCE_WINDOW - 1);
            if (jump > MAX_DELEGATE_NONCE_JUMP) return false;
            // forge-lint: disable-next-line(unsafe-typecast): at most the nonce, which has 24 bits
            d.nonceBase += uint24(jump);
            d.nonceWindow = jump > 7 ? 0 : d.nonceWindow >> jump;
            offset = DELEGATE_NONCE_WINDOW - 1;
        }
        uint8 bit = uint8(1) << uint8(offset);
        if (d.nonceWindow & bit != 0) return false;
        d.nonceWindow |= bit;
        return true;
    }

    // Views

    /// @inheritdoc IEscrow
    function account(address owner) external view returns (uint96 avail, uint64 nonceBase, uint96 nonceWindow) {
        Account storage a = _accounts[owner];
        return (a.avail, a.nonceBase, a.nonceWindow);
    }

    /// @inheritdoc IEscrow
    function delegate(address owner, address key)
        external
        view
        returns (uint96 cap, uint96 used, uint32 expiry, uint24 nonceBase, uint8 nonceWindow)
    {
        Delegate storage d = _delegates[owner][key];
        return (d.cap, d.used, d.expiry, d.nonceBase, d.nonceWindow);
    }

    /// @inheritdoc IEscrow
    function domainSeparator() external view returns (bytes32) {
        return _domainSeparatorV4();
    }

    /// @inheritdoc IEscrow
    function token() external view returns (address) {
        return address(_token);
    }
}
