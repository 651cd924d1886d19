// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {IEscrow} from "./interfaces/IEscrow.sol";
import {IAttestationPolicy} from "./interfaces/IAttestationPolicy.sol";
import {IPodRegistry} from "./interfaces/IPodRegistry.sol";
import {ISgxQuoteVerifier} from "./interfaces/ISgxQuoteVerifier.sol";
import {BlockHeader} from "./BlockHeader.sol";
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
    /// @notice From the block that dates the quote on.
    uint256 public constant MAX_IDENTITY_LIFETIME = 7 days;
    /// @notice How old the block that dates a quote may be when its identity is admitted.
    uint256 public constant MAX_QUOTE_AGE = 1 hours;
    /// @notice How long a stake stays after its pod was retired: as long as an identity of it may settle.
    uint40 public constant UNSTAKE_DELAY = 7 days;
    /// @notice How many live pods one machine may carry.
    uint256 public constant MAX_PODS_PER_MACHINE = 8;

    uint8 private constant SGX = 1;
    uint8 private constant TDX = 2;

    /// @dev An Identity in one slot, which is what an admission writes and a settlement reads.
    struct Entry {
        uint32 pod; // its number; 0 for an identity that was never admitted
        uint40 validUntil;
        uint32 revocations; // how many there were when it was admitted
        uint16 measurement;
        uint24 platform;
        uint8 kind;
        uint40 quotedAt;
        uint32 admittedAt;
        uint32 platformAt;
    }

    /// @inheritdoc IPodRegistry
    address public immutable escrow;
    /// @inheritdoc IPodRegistry
    ISgxQuoteVerifier public immutable verifier;
    /// @inheritdoc IPodRegistry
    uint96 public immutable stakeAmount;

    /// @inheritdoc IPodRegistry
    mapping(address identity => uint64) public epoch;
    /// @inheritdoc IPodRegistry
    mapping(bytes32 machine => uint256) public livePods;
    /// @inheritdoc IPodRegistry
    mapping(address operator => string url) public relayUrlOf;

    /// @dev Of measurements, platforms and machines, by `verifier`. While there has been none since an identity was
    /// admitted, it stands as it did then, and a settlement does not have to ask.
    uint32 private _revocations;
    mapping(address id => Pod) private _pods;
    mapping(address identity => Entry) private _identities;
    address[] private _ids;

    /// @param escrow_ the address that the escrow will have
    /// @param verifier_ who verifies quotes
    /// @param stakeAmount_ what a place on the list costs, wei
    constructor(address escrow_, ISgxQuoteVerifier verifier_, uint96 stakeAmount_) {
        if (verifier_.registry() != address(this)) revert WrongVerifier(address(verifier_), verifier_.registry());
        escrow = escrow_;
        verifier = verifier_;
        stakeAmount = stakeAmount_;
    }

    /// @inheritdoc IPodRegistry
    function register(bytes32 salt, Registration calldata registration) external payable returns (address id) {
        id = podId(msg.sender, salt);
        Pod storage p = _pods[id];
        if (p.operator != address(0)) revert PodExists(id);
        _ids.push(id);
        // forge-lint: disable-next-line(unsafe-typecast): each pod costs gas, and four billions more than there is
        (p.operator, p.number) = (msg.sender, uint32(_ids.length));
        _takeStake(p);
        _record(id, p, registration);
    }

    /// @inheritdoc IPodRegistry
    function admitIdentity(address id, Attestation calldata attestation) external {
        Pod storage p = _owned(id);
        // Otherwise an identity would settle on after the stake was taken back.
        if (p.retired) revert PodIsRetired(id);
        _admit(id, p, attestation);
    }

    /// @inheritdoc IPodRegistry
    function update(address id, Registration calldata registration) external payable {
        Pod storage p = _owned(id);
        // A new identity starts its epochs where it likes; the same one may show its current key config again.
        uint64 current = epoch[registration.attestation.identity];
        if (registration.keyConfig.epoch < current) revert StaleEpoch(registration.keyConfig.epoch, current);
        if (p.retired) {
            (p.retired, p.unstakeAt) = (false, 0);
            // It is counted again, where the new identity runs.
            p.platform = 0;
        }
        _takeStake(p);
        _record(id, p, registration);
    }

    /// @inheritdoc IPodRegistry
    function publishKeyConfig(address id, KeyConfig calldata keyConfig) external {
        Pod storage p = _owned(id);
        uint64 current = epoch[p.identity];
        if (keyConfig.epoch <= current) revert StaleEpoch(keyConfig.epoch, current);
        _publishKeyConfig(id, p, _domainSeparator(), keyConfig);
    }

    /// @inheritdoc IPodRegistry
    function publishOffers(address id, Offer[] calldata offers) external {
        _publishOffers(id, _owned(id), _domainSeparator(), offers);
    }

    /// @inheritdoc IPodRegistry
    function retire(address id) external {
        Pod storage p = _owned(id);
        if (p.retired) return;
        _count(p, 0);
        (p.retired, p.unstakeAt) = (true, uint40(block.timestamp) + UNSTAKE_DELAY);
        emit PodRetired(id, p.unstakeAt);
    }

    /// @inheritdoc IPodRegistry
    function withdrawStake(address id, address payable to) external {
        Pod storage p = _owned(id);
        if (!p.retired) revert NotRetired(id);
        if (block.timestamp < p.unstakeAt) revert StakeLocked(id, p.unstakeAt);
        uint96 amount = p.stake;
        p.stake = 0;
        emit StakeWithdrawn(id, to, amount);
        (bool ok,) = to.call{value: amount}("");
        if (!ok) revert StakeTransferFailed(to);
    }

    /// @inheritdoc IPodRegistry
    function publishRelay(string calldata url) external {
        _checkLength("url", bytes(url).length, MAX_URL_BYTES);
        relayUrlOf[msg.sender] = url;
        emit RelayPublished(msg.sender, url);
    }

    /// @inheritdoc IPodRegistry
    function noteRevocation() external {
        if (msg.sender != address(verifier)) revert NotVerifier(msg.sender);
        ++_revocations;
    }

    /// @inheritdoc IPodRegistry
    function podId(address operator, bytes32 salt) public view returns (address) {
        return address(uint160(uint256(keccak256(abi.encode(address(this), operator, salt)))));
    }

    /// @inheritdoc IPodRegistry
    function pod(address id) external view returns (Pod memory p, Identity memory i, Standing standing) {
        p = _known(id);
        i = identityOf(p.identity);
        standing = _standing(p.number, _identities[p.identity]);
    }

    /// @inheritdoc IPodRegistry
    function identityOf(address identity) public view returns (Identity memory) {
        Entry memory e = _identities[identity];
        if (e.pod == 0) return Identity(address(0), 0, 0, 0, 0, 0, 0, 0);
        return Identity(
            _ids[e.pod - 1], e.validUntil, e.measurement, e.platform, e.admittedAt, e.quotedAt, e.platformAt, e.kind
        );
    }

    /// @inheritdoc IPodRegistry
    function podCount() external view returns (uint256) {
        return _ids.length;
    }

    /// @inheritdoc IPodRegistry
    function pods(uint256 offset, uint256 limit)
        external
        view
        returns (address[] memory ids, Pod[] memory page, Identity[] memory identities, Standing[] memory standings)
    {
        uint256 left = offset < _ids.length ? _ids.length - offset : 0;
        uint256 n = limit < left ? limit : left;
        ids = new address[](n);
        page = new Pod[](n);
        identities = new Identity[](n);
        standings = new Standing[](n);
        for (uint256 i = 0; i < n; ++i) {
            ids[i] = _ids[offset + i];
            page[i] = _pods[ids[i]];
            identities[i] = identityOf(page[i].identity);
            standings[i] = _standing(page[i].number, _identities[page[i].identity]);
        }
    }

    /// @inheritdoc IPodRegistry
    function settlementKey(address identity)
        external
        view
        returns (uint32 number, uint40 validUntil, Standing standing)
    {
        Entry memory i = _identities[identity];
        return (i.pod, i.validUntil, _standing(i.pod, i));
    }

    /// @inheritdoc IPodRegistry
    function numberOf(address id) external view returns (uint32) {
        return _pods[id].number;
    }

    /// @inheritdoc IPodRegistry
    function operatorOf(address id) external view returns (address) {
        return _pods[id].operator;
    }

    /// @param number of the pod, 0 for one that is not known
    function _standing(uint32 number, Entry memory i) private view returns (Standing) {
        if (number == 0 || i.pod != number) return Standing.NONE;
        if (i.kind == TDX) return Standing.GOOD; // development chains only
        if (i.revocations == _revocations) return Standing.GOOD;
        (IAttestationPolicy.Status status, bool platformRevoked) = verifier.standing(i.measurement, i.platform);
        if (status != IAttestationPolicy.Status.ACTIVE && status != IAttestationPolicy.Status.DEPRECATED) {
            return Standing.MEASUREMENT_REVOKED;
        }
        return platformRevoked ? Standing.PLATFORM_REVOKED : Standing.GOOD;
    }

    /// @dev A pod that has none pays its stake; any other pays nothing.
    function _takeStake(Pod storage p) private {
        uint96 due = p.stake == stakeAmount ? 0 : stakeAmount;
        if (msg.value != due) revert WrongStake(msg.value, due);
        if (due != 0) p.stake = due;
    }

    function _record(address id, Pod storage p, Registration calldata g) private {
        _checkLength("url", bytes(g.url).length, MAX_URL_BYTES);
        address identity = g.attestation.identity;
        if (g.attestation.quote.length != 0) {
            _admit(id, p, g.attestation);
        }
        Entry storage i = _identities[identity];
        if (i.pod != p.number) revert IdentityNotAdmitted(identity, id);
        _checkLifetime(i.validUntil, type(uint40).max);
        if (p.platform != i.platform || p.platform == 0) _count(p, i.platform);

        p.identity = identity;
        p.recordBlock = uint40(block.number);
        p.url = g.url;
        emit PodUpdated(id, p.operator, identity, g.url);

        bytes32 domain = _domainSeparator();
        _publishKeyConfig(id, p, domain, g.keyConfig);
        _publishOffers(id, p, domain, g.offers);
    }

    /// @dev Moves the pod's count to the machine of a platform; 0 is no platform.
    function _count(Pod storage p, uint32 platform) private {
        if (p.platform != 0) --livePods[verifier.machineOf(p.platform)];
        p.platform = platform;
        if (platform == 0) return;
        bytes32 machine = verifier.machineOf(platform);
        uint256 n = livePods[machine] + 1;
        if (n > MAX_PODS_PER_MACHINE) revert TooManyPods(machine, MAX_PODS_PER_MACHINE);
        livePods[machine] = n;
    }

    /// @dev The caller is the pod's operator, which the report data names.
    function _admit(address id, Pod storage p, Attestation calldata a) private {
        if (a.identity == address(0)) revert BadIdentity();
        _checkLength("quote", a.quote.length, MAX_EVIDENCE_BYTES);
        (uint32 number, uint32 taken) = (p.number, _identities[a.identity].pod);
        if (taken != 0 && taken != number) revert IdentityTaken(a.identity, _ids[taken - 1]);
        (bytes32 hash, uint256 time) = BlockHeader.open(a.header);
        if (time + MAX_QUOTE_AGE < block.timestamp) revert StaleQuote(time);
        _checkLifetime(a.validUntil, time + MAX_IDENTITY_LIFETIME);

        ISgxQuoteVerifier.Verified memory v;
        if (a.kind == SGX) {
            v = verifier.verifyQuote(a.quote, a.pckX, a.pckY);
            bytes32 bound = sha256(
                abi.encodePacked(
                    "phallama/pod-identity/v1", block.chainid, address(this), escrow, id, msg.sender, a.identity
                )
            );
            if (v.reportDataLow != bound) revert BadReportData(bound, v.reportDataLow);
            if (v.reportDataHigh != hash) revert BadReportData(hash, v.reportDataHigh);
        } else if (a.kind == TDX) {
            if (!_isDevChain()) revert TdxNotVerified();
        } else {
            revert BadKind(a.kind);
        }
        _identities[a.identity] = Entry({
            pod: number,
            validUntil: a.validUntil,
            revocations: _revocations,
            measurement: v.measurement,
            platform: v.platform,
            kind: a.kind,
            // forge-lint: disable-next-line(unsafe-typecast): a time of this chain's, at most now
            quotedAt: uint40(time),
            admittedAt: uint32(block.number),
            platformAt: v.registeredAt
        });
        emit IdentityAdmitted(id, a.identity, v.platform, a.validUntil, a.kind, a.quote);
    }

    function _publishKeyConfig(address id, Pod storage p, bytes32 domain, KeyConfig calldata k) private {
        _checkLength("config", k.config.length, MAX_CONFIG_BYTES);
        _checkLifetime(k.notAfter, type(uint40).max);
        bytes32 hash = TypedData.keyConfig(p.identity, keccak256(k.config), k.notBefore, k.notAfter, k.epoch);
        _checkSignature("keyConfig", p.identity, domain, hash, k.r, k.vs);

        epoch[p.identity] = k.epoch;
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

    /// @dev Chain ids on which nothing has a value, a constant list.
    function _isDevChain() private view returns (bool) {
        return block.chainid == 1337 || block.chainid == 31337 || block.chainid == 1337008;
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
