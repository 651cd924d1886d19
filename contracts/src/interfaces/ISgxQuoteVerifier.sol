// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IAttestationPolicy} from "./IAttestationPolicy.sol";

/// @title On-chain verification of SGX quotes
/// @notice Says whether an SGX quote (DCAP, version 3) is genuine and of an enclave and platform that governance allows.
/// Anybody may register a platform: its PCK certificate proves itself under the pinned keys of Intel's two PCK CAs.
/// @dev What is NOT checked here, and is by clients: Intel's revocation lists and TCB info. In their place stand floors
/// for each model of platform and revocation by governance. Quotes of TDX guests are not verified on chain.
///
/// A quote is given without its certificates: header, report and authentication data up to and with the quoting
/// enclave's authentication data, bytes [0, 1014 + n).
interface ISgxQuoteVerifier is IAttestationPolicy {
    /// @notice Facts of an enclave's report, little-endian numbers as numbers.
    struct Report {
        bytes32 mrenclave;
        bytes32 mrsigner;
        uint64 flags;
        uint64 xfrm;
        uint32 miscSelect;
        uint16 isvProdId;
        uint16 isvSvn;
        bytes32 reportDataLow;
        bytes32 reportDataHigh;
    }

    /// @notice A platform, by its id: keccak256 of the PCK key's x and y.
    /// @param index its place on the list, from 1 on, which never changes; 0 for a platform that is not registered
    /// @param machine SHA-256 of the PPID: the machine. It may have several PCK certificates
    /// @param fmspc model of the platform
    /// @param componentSvns 16 component SVNs of the certificate
    /// @param notAfter last second (Unix) of the certificate
    /// @param registeredAt block whose logs hold PlatformRegistered, with the certificate
    struct Platform {
        uint32 index;
        bytes32 machine;
        bytes6 fmspc;
        bytes16 componentSvns;
        uint16 pceSvn;
        uint40 notAfter;
        bool revoked;
        uint40 registeredAt;
    }

    /// @notice What a registration needs to know of a quote that was verified.
    /// @param measurement place of its measurement on the list
    /// @param platform place of its platform
    /// @param registeredAt block in which the platform was registered
    /// @param reportDataLow report data, bytes 0 to 31
    /// @param reportDataHigh report data, bytes 32 to 63
    struct Verified {
        uint16 measurement;
        uint24 platform;
        uint32 registeredAt;
        bytes32 reportDataLow;
        bytes32 reportDataHigh;
    }

    event PlatformRegistered(
        uint32 indexed index, bytes32 indexed platform, bytes32 indexed machine, bytes certificate
    );
    event PlatformRevoked(uint32 indexed index, bytes32 indexed machine);
    event MachineRevoked(bytes32 indexed machine);

    error NotIntelsKeys();
    error BadCertificate(uint256 offset);
    error BadCertificateSignature();
    error CertificateExpired(uint40 notAfter);
    error MachineIsRevoked(bytes32 machine);
    error TooManyPlatforms(bytes32 machine);
    error UnknownPlatform(bytes32 platform);
    error PlatformIsRevoked(bytes32 platform);
    error BelowFloor(bytes6 fmspc);
    error BadQuote(string field);
    error BadQuotingEnclave(string field);
    error BadSignature(string signed);
    error DebugEnclave();
    error BadAttributes(uint64 flags, uint64 xfrm, uint32 miscSelect);
    error MeasurementNotActive(bytes32 mrenclave, Status status);
    error WrongProduct(uint16 isvProdId, uint16 isvSvn);

    /// @notice Registers a platform by its PCK certificate (DER). Registering one again changes nothing.
    /// @return platform its id
    function registerPlatform(bytes calldata certificate) external returns (bytes32 platform);

    /// @notice Verifies both signatures of a quote, the binding between them, and that the quoting enclave is Intel's and
    /// recent enough, under the PCK key (x, y). It asks neither whose key that is nor whose enclave was quoted.
    function checkQuote(bytes calldata quote, bytes32 x, bytes32 y) external view returns (Report memory);

    /// @notice checkQuote, under the key of a registered platform that is not revoked, not expired and not below its
    /// model's floor, of an enclave that governance allows and that is no DEBUG enclave.
    function verifyQuote(bytes calldata quote, bytes32 x, bytes32 y) external view returns (Verified memory);

    /// @notice Revokes one PCK key, at once and for ever. Governor or guardian.
    function revokePlatform(bytes32 platform) external;

    /// @notice Revokes a machine with all its PCK keys, those that come later too, whether it is known yet or not.
    function revokeMachine(bytes32 machine) external;

    /// @notice What may still be done by identities of this measurement on this platform.
    function standing(uint16 measurementIndex, uint32 platformIndex)
        external
        view
        returns (Status measurementStatus, bool platformRevoked);

    function platform(bytes32 id) external view returns (Platform memory);

    function machineRevoked(bytes32 machine) external view returns (bool);

    /// @notice The machine of the platform at a place of the list.
    function machineOf(uint32 index) external view returns (bytes32);
}
