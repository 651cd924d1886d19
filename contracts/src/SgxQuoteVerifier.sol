// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {ISgxQuoteVerifier} from "./interfaces/ISgxQuoteVerifier.sol";
import {AttestationPolicy} from "./AttestationPolicy.sol";
import {PckCertificate} from "./PckCertificate.sol";
import {SgxQuote} from "./SgxQuote.sol";

/// @title On-chain verification of SGX quotes
/// @dev ISgxQuoteVerifier is the specification.
contract SgxQuoteVerifier is ISgxQuoteVerifier, AttestationPolicy {
    /// @notice How many PCK keys of one machine may be registered. A machine gets another with each TCB recovery, which
    /// Intel has had one or two of a year; the bound is there for the revocation that walks them all.
    uint256 public constant MAX_PLATFORMS_PER_MACHINE = 64;

    // Public keys of "Intel SGX PCK Platform CA" (SHA-256 of the certificate's DER
    // 22eb770dca215b607b5ccfc21a672b1da5cc660b1ad0365020567979edcaa0e1) and "Intel SGX PCK Processor CA"
    // (13b2dccef8fc4ec977ee5249743b0f758ebd1e28d768b2e1e12bc348adaa09fb), both valid until 2033-05-21.
    bytes32 private constant INTEL_PLATFORM_X = 0x35207feeddb595748ed82bb3a71c3be1e241ef61320c6816e6b5c2b71dad5532;
    bytes32 private constant INTEL_PLATFORM_Y = 0xeaea12a4eb3f948916429ea47ba6c3af82a15e4b19664e52657939a2d96633de;
    bytes32 private constant INTEL_PROCESSOR_X = 0xbf6af8d329d883a0b5d9756e4fee599e7e4c6426f1a0a2f33efc7ecf9f282437;
    bytes32 private constant INTEL_PROCESSOR_Y = 0x77eb83cd79d54c04f66610c289fc88b89c2f377c0d069f621c1492309309ac13;

    uint64 private constant WANT_FLAGS = SgxQuote.INIT | SgxQuote.MODE64;
    uint64 private constant MASK_FLAGS = WANT_FLAGS | SgxQuote.DEBUG | SgxQuote.PROVISION_KEY | SgxQuote.EINITTOKEN_KEY;

    /// @dev What a verification reads of a platform, in one slot.
    struct Facts {
        bytes6 fmspc;
        bytes16 componentSvns;
        uint16 pceSvn;
        uint32 notAfter;
        bool revoked;
        uint24 previous; // the machine's platform before this one, 0 for none
    }

    struct Place {
        uint24 index;
        uint32 registeredAt;
    }

    struct Machine {
        uint24 latest; // its newest platform, from which `previous` leads to the others
        uint8 platforms; // how many it has
        bool revoked;
    }

    bytes32 private immutable _platformCaX;
    bytes32 private immutable _platformCaY;
    bytes32 private immutable _processorCaX;
    bytes32 private immutable _processorCaY;

    uint24 private _count;
    mapping(bytes32 id => Place) private _places;
    mapping(uint32 index => Facts) private _facts;
    mapping(uint32 index => bytes32) private _machines;
    mapping(bytes32 machine => Machine) private _ofMachine;

    /// @param platformCa x and y of the Platform CA's key; must be Intel's, but on development chains
    /// @param processorCa x and y of the Processor CA's key; the same
    /// @param registry_ who is told of revocations; the registry's constructor refuses a verifier that tells another
    constructor(
        bytes32[2] memory platformCa,
        bytes32[2] memory processorCa,
        TimelockController governor_,
        address guardian_,
        uint16 qeFloor_,
        address registry_
    ) AttestationPolicy(governor_, guardian_, qeFloor_, registry_) {
        bool intels = platformCa[0] == INTEL_PLATFORM_X && platformCa[1] == INTEL_PLATFORM_Y
            && processorCa[0] == INTEL_PROCESSOR_X && processorCa[1] == INTEL_PROCESSOR_Y;
        if (!intels && !_isDevChain()) revert NotIntelsKeys();
        (_platformCaX, _platformCaY) = (platformCa[0], platformCa[1]);
        (_processorCaX, _processorCaY) = (processorCa[0], processorCa[1]);
    }

    /// @inheritdoc ISgxQuoteVerifier
    function registerPlatform(bytes calldata certificate) external returns (bytes32 id) {
        PckCertificate.Pck memory p = PckCertificate.parse(certificate);
        id = _id(p.x, p.y);
        if (_places[id].index != 0) return id;
        if (
            !SgxQuote.verify(p.tbsHash, p.r, p.s, _platformCaX, _platformCaY)
                && !SgxQuote.verify(p.tbsHash, p.r, p.s, _processorCaX, _processorCaY)
        ) revert BadCertificateSignature();
        if (block.timestamp < p.notBefore || block.timestamp > p.notAfter) revert CertificateExpired(p.notAfter);
        Machine memory m = _ofMachine[p.machine];
        if (m.revoked) revert MachineIsRevoked(p.machine);
        if (m.platforms == MAX_PLATFORMS_PER_MACHINE) revert TooManyPlatforms(p.machine);

        uint24 index = ++_count;
        _ofMachine[p.machine] = Machine(index, m.platforms + 1, false);
        _places[id] = Place(index, uint32(block.number));
        _facts[index] = Facts(p.fmspc, p.componentSvns, p.pceSvn, _capped(p.notAfter), false, m.latest);
        _machines[index] = p.machine;
        emit PlatformRegistered(index, id, p.machine, certificate);
    }

    /// @inheritdoc ISgxQuoteVerifier
    function checkQuote(bytes calldata quote, bytes32 x, bytes32 y) external view returns (Report memory) {
        return SgxQuote.check(quote, x, y, qeFloor);
    }

    /// @inheritdoc ISgxQuoteVerifier
    function verifyQuote(bytes calldata quote, bytes32 x, bytes32 y) external view returns (Verified memory v) {
        bytes32 id = _id(x, y);
        Place memory place = _places[id];
        if (place.index == 0) revert UnknownPlatform(id);
        Facts memory f = _facts[place.index];
        if (f.revoked) revert PlatformIsRevoked(id);
        if (block.timestamp > f.notAfter) revert CertificateExpired(f.notAfter);
        if (!_meetsFloor(f.fmspc, f.componentSvns, f.pceSvn)) revert BelowFloor(f.fmspc);

        Report memory r = SgxQuote.check(quote, x, y, qeFloor);
        if (r.flags & SgxQuote.DEBUG != 0) revert DebugEnclave();
        Measurement memory m;
        (v.measurement, m) = _measurement(r.mrenclave);
        if (m.status != Status.ACTIVE) revert MeasurementNotActive(r.mrenclave, m.status);
        if (r.flags & MASK_FLAGS != WANT_FLAGS || r.xfrm & ~m.xfrmAllowed != 0 || r.miscSelect & ~m.miscAllowed != 0) {
            revert BadAttributes(r.flags, r.xfrm, r.miscSelect);
        }
        if (r.isvProdId != m.isvProdId || r.isvSvn < m.minIsvSvn) revert WrongProduct(r.isvProdId, r.isvSvn);
        (v.platform, v.registeredAt) = (place.index, place.registeredAt);
        (v.reportDataLow, v.reportDataHigh) = (r.reportDataLow, r.reportDataHigh);
    }

    /// @inheritdoc ISgxQuoteVerifier
    function revokePlatform(bytes32 id) external onlyGovernance {
        uint32 index = _places[id].index;
        if (index == 0) revert UnknownPlatform(id);
        _revoke(index);
        _noteRevocation();
    }

    /// @inheritdoc ISgxQuoteVerifier
    function revokeMachine(bytes32 machine) external onlyGovernance {
        _ofMachine[machine].revoked = true;
        for (uint32 index = _ofMachine[machine].latest; index != 0; index = _facts[index].previous) {
            _revoke(index);
        }
        _noteRevocation();
        emit MachineRevoked(machine);
    }

    /// @inheritdoc ISgxQuoteVerifier
    function standing(uint16 measurementIndex, uint32 platformIndex) external view returns (Status, bool) {
        return (_statusAt(measurementIndex), _facts[platformIndex].revoked);
    }

    /// @inheritdoc ISgxQuoteVerifier
    function platform(bytes32 id) external view returns (Platform memory) {
        Place memory place = _places[id];
        Facts memory f = _facts[place.index];
        return Platform(
            place.index,
            _machines[place.index],
            f.fmspc,
            f.componentSvns,
            f.pceSvn,
            f.notAfter,
            f.revoked,
            place.registeredAt
        );
    }

    /// @inheritdoc ISgxQuoteVerifier
    function machineRevoked(bytes32 machine) external view returns (bool) {
        return _ofMachine[machine].revoked;
    }

    /// @inheritdoc ISgxQuoteVerifier
    function machineOf(uint32 index) external view returns (bytes32) {
        return _machines[index];
    }

    function _revoke(uint32 index) private {
        _facts[index].revoked = true;
        emit PlatformRevoked(index, _machines[index]);
    }

    /// @dev A certificate that is good beyond 2106 is taken as good until then.
    function _capped(uint40 time) private pure returns (uint32) {
        // forge-lint: disable-next-line(unsafe-typecast): capped
        return time > type(uint32).max ? type(uint32).max : uint32(time);
    }

    function _id(bytes32 x, bytes32 y) private pure returns (bytes32) {
        return keccak256(abi.encode(x, y));
    }
}
