// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {IEscrow} from "./interfaces/IEscrow.sol";
import {IPodRegistry} from "./interfaces/IPodRegistry.sol";
import {TypedData} from "./TypedData.sol";

/// @title The list of pods
/// @dev IPodRegistry is the specification. Deploy it before the escrow, with the escrow's predicted address: the
/// escrow's constructor refuses a registry that does not point back.
contract PodRegistry is IPodRegistry {
    uint256 public constant MAX_URL_BYTES = 256;
    uint256 public constant MAX_MODEL_BYTES = 128;
    uint256 public constant MAX_CONFIG_BYTES = 2048;
    uint256 public constant MAX_EVIDENCE_BYTES = 16_384;
    uint256 public constant MAX_OFFERS = 64;
    uint256 public constant MAX_IDENTITY_LIFETIME = 7 days;

    /// @inheritdoc IPodRegistry
    address public immutable escrow;

    /// @inheritdoc IPodRegistry
    mapping(address id => uint64) public epoch;

    mapping(address id => Pod) private _pods;
    address[] private _ids;

    constructor(address escrow_) {
        escrow = escrow_;
    }

    /// @inheritdoc IPodRegistry
    function register(bytes32 salt, Registration calldata registration) external returns (address id) {
        id = podId(msg.sender, salt);
        Pod storage p = _pods[id];
        if (p.operator != address(0)) revert PodExists(id);
        p.operator = msg.sender;
        _ids.push(id);
        _record(id, p, registration);
    }

    /// @inheritdoc IPodRegistry
    function update(address id, Registration calldata registration) external {
        Pod storage p = _owned(id);
        // A new identity starts its epochs where it likes; the same one may show its current key config again.
        uint64 current = epoch[id];
        if (registration.identity == p.identity && registration.keyConfig.epoch < current) {
            revert StaleEpoch(registration.keyConfig.epoch, current);
        }
        p.retired = false;
        _record(id, p, registration);
    }

    /// @inheritdoc IPodRegistry
    function publishKeyConfig(address id, KeyConfig calldata keyConfig) external {
        Pod storage p = _owned(id);
        if (keyConfig.epoch <= epoch[id]) revert StaleEpoch(keyConfig.epoch, epoch[id]);
        _publishKeyConfig(id, p, _domainSeparator(), keyConfig);
    }

    /// @inheritdoc IPodRegistry
    function publishOffers(address id, Offer[] calldata offers) external {
        _publishOffers(id, _owned(id), _domainSeparator(), offers);
    }

    /// @inheritdoc IPodRegistry
    function retire(address id) external {
        _owned(id).retired = true;
        emit PodRetired(id);
    }

    /// @inheritdoc IPodRegistry
    function podId(address operator, bytes32 salt) public view returns (address) {
        return address(uint160(uint256(keccak256(abi.encode(address(this), operator, salt)))));
    }

    /// @inheritdoc IPodRegistry
    function pod(address id) external view returns (Pod memory) {
        return _known(id);
    }

    /// @inheritdoc IPodRegistry
    function podCount() external view returns (uint256) {
        return _ids.length;
    }

    /// @inheritdoc IPodRegistry
    function pods(uint256 offset, uint256 limit) external view returns (address[] memory ids, Pod[] memory page) {
        uint256 left = offset < _ids.length ? _ids.length - offset : 0;
        uint256 n = limit < left ? limit : left;
        ids = new address[](n);
        page = new Pod[](n);
        for (uint256 i = 0; i < n; ++i) {
            ids[i] = _ids[offset + i];
            page[i] = _pods[ids[i]];
        }
    }

    /// @inheritdoc IPodRegistry
    function settlementKey(address id) external view returns (address identity, uint40 validUntil, address operator) {
        Pod storage p = _pods[id];
        return (p.identity, p.validUntil, p.operator);
    }

    function _record(address id, Pod storage p, Registration calldata g) private {
        if (g.identity == address(0)) revert BadIdentity();
        _checkLength("url", bytes(g.url).length, MAX_URL_BYTES);
        _checkLength("evidence", g.evidence.length, MAX_EVIDENCE_BYTES);
        _checkLifetime(g.validUntil, block.timestamp + MAX_IDENTITY_LIFETIME);

        p.identity = g.identity;
        p.validUntil = g.validUntil;
        p.recordBlock = uint40(block.number);
        p.evidenceHash = keccak256(g.evidence);
        p.url = g.url;
        emit PodUpdated(id, p.operator, g.identity, g.validUntil, g.kind, g.url, g.evidence);

        bytes32 domain = _domainSeparator();
        _publishKeyConfig(id, p, domain, g.keyConfig);
        _publishOffers(id, p, domain, g.offers);
    }

    function _publishKeyConfig(address id, Pod storage p, bytes32 domain, KeyConfig calldata k) private {
        _checkLength("config", k.config.length, MAX_CONFIG_BYTES);
        _checkLifetime(k.notAfter, type(uint40).max);
        bytes32 hash = TypedData.keyConfig(p.identity, keccak256(k.config), k.notBefore, k.notAfter, k.epoch);
        _checkSignature("keyConfig", p.identity, domain, hash, k.r, k.vs);

        epoch[id] = k.epoch;
        p.keyConfigBlock = uint40(block.number);
        p.keyConfigHash = hash;
        emit KeyConfigPublished(id, hash, k);
    }

    function _publishOffers(address id, Pod storage p, bytes32 domain, Offer[] calldata offers) private {
        if (offers.length == 0) revert NoOffers();
        _checkLength("offers", offers.length, MAX_OFFERS);
        address identity = p.identity;
        bytes32[] memory hashes = new bytes32[](offers.length);
        for (uint256 i = 0; i < offers.length; ++i) {
            Offer calldata o = offers[i];
            _checkLength("model", bytes(o.model).length, MAX_MODEL_BYTES);
            _checkLifetime(o.validUntil, type(uint40).max);
            hashes[i] = TypedData.offer(id, o);
            _checkSignature("offer", identity, domain, hashes[i], o.r, o.vs);
        }

        bytes32 hash = keccak256(abi.encodePacked(hashes));
        p.offersBlock = uint40(block.number);
        p.offersHash = hash;
        emit OffersPublished(id, hash, offers);
    }

    function _known(address id) private view returns (Pod storage p) {
        p = _pods[id];
        if (p.operator == address(0)) revert UnknownPod(id);
    }

    function _owned(address id) private view returns (Pod storage p) {
        p = _known(id);
        if (p.operator != msg.sender) revert NotOperator(id, msg.sender);
    }

    function _domainSeparator() private view returns (bytes32) {
        return IEscrow(escrow).domainSeparator();
    }

    function _checkLength(string memory field, uint256 length, uint256 limit) private pure {
        if (length > limit) revert TooLong(field, length, limit);
    }

    function _checkLifetime(uint40 validUntil, uint256 latest) private view {
        if (validUntil < block.timestamp || validUntil > latest) revert BadLifetime(validUntil, latest);
    }

    function _checkSignature(
        string memory record,
        address identity,
        bytes32 domain,
        bytes32 structHash,
        bytes32 r,
        bytes32 vs
    ) private pure {
        (address by,,) = ECDSA.tryRecover(MessageHashUtils.toTypedDataHash(domain, structHash), r, vs);
        // A failed recovery yields the zero address, which is no identity.
        if (by != identity) revert BadSignature(record);
    }
}
