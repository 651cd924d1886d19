// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title What governance allows, and what it has taken back
/// @notice Which enclaves (measurements) may be registered, how old a platform's microcode and a quoting enclave may be,
/// and what is revoked. Whatever widens trust is for the `governor`, a timelock: it is public before it takes effect.
/// Whatever narrows trust is for the `guardian` as well, and takes effect at once. A revocation is final.
/// @dev Clients never trust this list alone: they intersect it with the policy of their network profile and release.
interface IAttestationPolicy {
    /// @notice NONE: never added. ACTIVE: identities may be registered and settle. DEPRECATED: those that are registered
    /// settle on, new ones are refused. REVOKED: nothing of it settles any more.
    enum Status {
        NONE,
        ACTIVE,
        DEPRECATED,
        REVOKED
    }

    /// @param status see Status
    /// @param since Unix seconds of the last change of the status
    /// @param isvProdId ISVPRODID that the report must have
    /// @param minIsvSvn lowest ISVSVN
    /// @param xfrmAllowed bits of XFRM that may be set, as a number (little-endian in the report)
    /// @param miscAllowed bits of MISCSELECT that may be set
    struct Measurement {
        Status status;
        uint40 since;
        uint16 isvProdId;
        uint16 minIsvSvn;
        uint64 xfrmAllowed;
        uint32 miscAllowed;
    }

    /// @notice Lowest security versions of platforms of one model (FMSPC).
    /// @param componentSvns 16 component SVNs, one byte each; each of the platform's must be at least as high
    /// @param pceSvn lowest PCE SVN
    struct Floor {
        bool known;
        uint16 pceSvn;
        bytes16 componentSvns;
    }

    event MeasurementChanged(bytes32 indexed mrenclave, Status status, Measurement measurement);
    event FloorChanged(bytes6 indexed fmspc, bytes16 componentSvns, uint16 pceSvn);
    event QeFloorChanged(uint16 minIsvSvn);
    event GuardianChanged(address guardian);

    error NotGovernor(address caller);
    error NotGovernance(address caller);
    error DelayTooShort(uint256 delay, uint256 minimum);
    error ZeroMeasurement();
    error TooManyMeasurements();
    error WrongStatus(bytes32 mrenclave, Status status);
    error FloorLowered(bytes6 fmspc);
    error QeFloorLowered(uint16 minIsvSvn, uint16 current);
    error ZeroGuardian();

    /// @notice Adds a measurement, or makes a deprecated one active again. Governor only. Reverts for a revoked one.
    function addMeasurement(
        bytes32 mrenclave,
        uint16 isvProdId,
        uint16 minIsvSvn,
        uint64 xfrmAllowed,
        uint32 miscAllowed
    ) external;

    /// @notice Ends new registrations of a measurement. Governor or guardian.
    function deprecateMeasurement(bytes32 mrenclave) external;

    /// @notice Revokes a measurement, at once and for ever, whether it was ever added or not. Governor or guardian.
    function revokeMeasurement(bytes32 mrenclave) external;

    /// @notice Sets the floor of a model of platform. The guardian may only raise one that is there.
    function setFloor(bytes6 fmspc, bytes16 componentSvns, uint16 pceSvn) external;

    /// @notice Sets the lowest ISVSVN of Intel's quoting enclave. The guardian may only raise it.
    function setQeFloor(uint16 minIsvSvn) external;

    /// @notice Replaces the guardian. Governor only.
    function setGuardian(address guardian) external;

    /// @notice The timelock that whatever widens trust waits in.
    function governor() external view returns (address);

    function guardian() external view returns (address);

    /// @notice The registry of pods that is told of each revocation; zero for none.
    function registry() external view returns (address);

    /// @notice Lowest ISVSVN of the quoting enclave.
    function qeFloor() external view returns (uint16);

    function measurement(bytes32 mrenclave) external view returns (Measurement memory);

    /// @notice Number of measurements ever added or revoked.
    function measurementCount() external view returns (uint256);

    /// @notice The measurement at a place of the list, from 1 on; places never change.
    function measurementAt(uint256 index) external view returns (bytes32 mrenclave, Measurement memory);

    /// @notice The floor of a model. A model without one is refused.
    function floorOf(bytes6 fmspc) external view returns (Floor memory);
}
