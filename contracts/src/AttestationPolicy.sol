// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {IAttestationPolicy} from "./interfaces/IAttestationPolicy.sol";
import {IPodRegistry} from "./interfaces/IPodRegistry.sol";

/// @title Governance's part of attestation
/// @dev IAttestationPolicy is the specification.
abstract contract AttestationPolicy is IAttestationPolicy {
    /// @notice The shortest delay of the governor's timelock, but on development chains.
    uint256 public constant MIN_DELAY = 48 hours;

    /// @inheritdoc IAttestationPolicy
    address public immutable governor;
    /// @inheritdoc IAttestationPolicy
    address public immutable registry;

    /// @inheritdoc IAttestationPolicy
    address public guardian;
    /// @inheritdoc IAttestationPolicy
    uint16 public qeFloor; // beside the guardian, in one slot

    bytes32[] private _mrenclaves; // place 0 is nobody's
    mapping(bytes32 mrenclave => uint16) private _places;
    mapping(uint256 place => Measurement) private _measurements; // one slot each
    mapping(bytes6 fmspc => Floor) private _floors;

    constructor(TimelockController governor_, address guardian_, uint16 qeFloor_, address registry_) {
        uint256 delay = governor_.getMinDelay();
        if (!_isDevChain() && delay < MIN_DELAY) revert DelayTooShort(delay, MIN_DELAY);
        (governor, registry) = (address(governor_), registry_);
        _mrenclaves.push();
        _setGuardian(guardian_);
        qeFloor = qeFloor_;
        emit QeFloorChanged(qeFloor_);
    }

    modifier onlyGovernor() {
        if (msg.sender != governor) revert NotGovernor(msg.sender);
        _;
    }

    modifier onlyGovernance() {
        if (msg.sender != governor && msg.sender != guardian) revert NotGovernance(msg.sender);
        _;
    }

    /// @inheritdoc IAttestationPolicy
    function addMeasurement(
        bytes32 mrenclave,
        uint16 isvProdId,
        uint16 minIsvSvn,
        uint64 xfrmAllowed,
        uint32 miscAllowed
    ) external onlyGovernor {
        if (mrenclave == bytes32(0)) revert ZeroMeasurement();
        Measurement storage m = _place(mrenclave);
        if (m.status == Status.REVOKED) revert WrongStatus(mrenclave, m.status);
        (m.isvProdId, m.minIsvSvn, m.xfrmAllowed, m.miscAllowed) = (isvProdId, minIsvSvn, xfrmAllowed, miscAllowed);
        _change(mrenclave, m, Status.ACTIVE);
    }

    /// @inheritdoc IAttestationPolicy
    function deprecateMeasurement(bytes32 mrenclave) external onlyGovernance {
        Measurement storage m = _measurements[_places[mrenclave]];
        if (m.status != Status.ACTIVE) revert WrongStatus(mrenclave, m.status);
        _change(mrenclave, m, Status.DEPRECATED);
    }

    /// @inheritdoc IAttestationPolicy
    function revokeMeasurement(bytes32 mrenclave) external onlyGovernance {
        if (mrenclave == bytes32(0)) revert ZeroMeasurement();
        Measurement storage m = _place(mrenclave);
        if (m.status == Status.REVOKED) revert WrongStatus(mrenclave, m.status);
        _change(mrenclave, m, Status.REVOKED);
        _noteRevocation();
    }

    /// @inheritdoc IAttestationPolicy
    function setFloor(bytes6 fmspc, bytes16 componentSvns, uint16 pceSvn) external onlyGovernance {
        Floor storage f = _floors[fmspc];
        if (msg.sender != governor) {
            bool raised = f.known && pceSvn >= f.pceSvn && _reaches(componentSvns, f.componentSvns);
            if (!raised) revert FloorLowered(fmspc);
        }
        (f.known, f.componentSvns, f.pceSvn) = (true, componentSvns, pceSvn);
        emit FloorChanged(fmspc, componentSvns, pceSvn);
    }

    /// @inheritdoc IAttestationPolicy
    function setQeFloor(uint16 minIsvSvn) external onlyGovernance {
        if (msg.sender != governor && minIsvSvn < qeFloor) revert QeFloorLowered(minIsvSvn, qeFloor);
        qeFloor = minIsvSvn;
        emit QeFloorChanged(minIsvSvn);
    }

    /// @inheritdoc IAttestationPolicy
    function setGuardian(address guardian_) external onlyGovernor {
        _setGuardian(guardian_);
    }

    /// @inheritdoc IAttestationPolicy
    function measurement(bytes32 mrenclave) external view returns (Measurement memory) {
        return _measurements[_places[mrenclave]];
    }

    /// @inheritdoc IAttestationPolicy
    function measurementCount() external view returns (uint256) {
        return _mrenclaves.length - 1;
    }

    /// @inheritdoc IAttestationPolicy
    function measurementAt(uint256 index) external view returns (bytes32 mrenclave, Measurement memory) {
        return (_mrenclaves[index], _measurements[index]);
    }

    /// @inheritdoc IAttestationPolicy
    function floorOf(bytes6 fmspc) external view returns (Floor memory) {
        return _floors[fmspc];
    }

    function _measurement(bytes32 mrenclave) internal view returns (uint16 place, Measurement memory) {
        place = _places[mrenclave];
        return (place, _measurements[place]);
    }

    function _statusAt(uint16 place) internal view returns (Status) {
        return _measurements[place].status;
    }

    function _meetsFloor(bytes6 fmspc, bytes16 componentSvns, uint16 pceSvn) internal view returns (bool) {
        Floor memory f = _floors[fmspc];
        return f.known && pceSvn >= f.pceSvn && _reaches(componentSvns, f.componentSvns);
    }

    /// @dev Chain ids on which nothing has a value, a constant list.
    function _isDevChain() internal view returns (bool) {
        return block.chainid == 1337 || block.chainid == 31337 || block.chainid == 1337008;
    }

    function _noteRevocation() internal {
        if (registry != address(0)) IPodRegistry(registry).noteRevocation();
    }

    function _place(bytes32 mrenclave) private returns (Measurement storage) {
        uint16 place = _places[mrenclave];
        if (place == 0) {
            if (_mrenclaves.length > type(uint16).max) revert TooManyMeasurements();
            place = uint16(_mrenclaves.length);
            _places[mrenclave] = place;
            _mrenclaves.push(mrenclave);
        }
        return _measurements[place];
    }

    function _change(bytes32 mrenclave, Measurement storage m, Status status) private {
        m.status = status;
        m.since = uint40(block.timestamp);
        emit MeasurementChanged(mrenclave, status, m);
    }

    function _setGuardian(address guardian_) private {
        if (guardian_ == address(0)) revert ZeroGuardian();
        guardian = guardian_;
        emit GuardianChanged(guardian_);
    }

    /// @dev Whether each of 16 versions is at least as high as its floor.
    function _reaches(bytes16 have, bytes16 want) private pure returns (bool) {
        uint256 a = uint128(have);
        uint256 b = uint128(want);
        unchecked {
            for (; b != 0; (a, b) = (a >> 8, b >> 8)) {
                if (a & 0xff < b & 0xff) return false;
            }
        }
        return true;
    }
}
