// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {IAttestationPolicy} from "../src/interfaces/IAttestationPolicy.sol";
import {IPodRegistry} from "../src/interfaces/IPodRegistry.sol";
import {ISgxQuoteVerifier} from "../src/interfaces/ISgxQuoteVerifier.sol";
import {Fixture} from "./Fixture.sol";
import {vm} from "./Vm.sol";

/// @dev A verifier of the SIMULATED platforms of testdata/vectors/sgx-quote.json, with governance behind a timelock of no
/// delay. The keys in that file are worth nothing, so that tests sign quotes of their own with them.
abstract contract SgxFixture is Fixture {
    uint256 internal constant P256_N = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551;
    address internal constant GUARDIAN = address(0x9a);

    string internal json;
    TimelockController internal timelock;
    bytes32 internal mrenclave;
    bytes32 internal x;
    bytes32 internal y;
    bytes internal certificate;
    bytes internal good;
    string private _machine;
    uint256 private _proposals;

    function setUp() public virtual override {
        super.setUp();
        vm.warp(vm.parseJsonUint(json, ".at"));
    }

    function newVerifier() internal override returns (ISgxQuoteVerifier v) {
        json = vm.readFile("../testdata/vectors/sgx-quote.json");
        vm.warp(vm.parseJsonUint(json, ".at"));
        timelock = TimelockController(payable(newTimelock(0)));
        v = newVerifier(caKey("platform"), caKey("processor"), address(timelock), GUARDIAN);
        mrenclave = vm.parseJsonBytes32(json, ".enclave.mrenclave");
        on("platform");
    }

    /// @dev Goes to one of the vectors' two machines: key, certificate and quotes are its from here on.
    function on(string memory machine) internal {
        _machine = machine;
        (x, y) = pckKey(machine);
        certificate = vm.parseJsonBytes(json, string.concat(".platforms.", machine, ".pckCertificate"));
        good = quoteNamed(keccak256(bytes(machine)) == keccak256("platform") ? "good" : machine);
    }

    /// @dev Keys of Intel's two PCK CAs, Platform first, as its certificates have them.
    function intelCa(uint256 which) internal pure returns (bytes32[2] memory) {
        return which == 0
            ? [
                bytes32(0x35207feeddb595748ed82bb3a71c3be1e241ef61320c6816e6b5c2b71dad5532),
                bytes32(0xeaea12a4eb3f948916429ea47ba6c3af82a15e4b19664e52657939a2d96633de)
            ]
            : [
                bytes32(0xbf6af8d329d883a0b5d9756e4fee599e7e4c6426f1a0a2f33efc7ecf9f282437),
                bytes32(0x77eb83cd79d54c04f66610c289fc88b89c2f377c0d069f621c1492309309ac13)
            ];
    }

    function caKey(string memory name) internal view returns (bytes32[2] memory key) {
        key[0] = vm.parseJsonBytes32(json, string.concat(".cas.", name, ".x"));
        key[1] = vm.parseJsonBytes32(json, string.concat(".cas.", name, ".y"));
    }

    function pckKey(string memory name) internal view returns (bytes32, bytes32) {
        return (
            vm.parseJsonBytes32(json, string.concat(".platforms.", name, ".pckX")),
            vm.parseJsonBytes32(json, string.concat(".platforms.", name, ".pckY"))
        );
    }

    function quoteNamed(string memory name) internal view returns (bytes memory) {
        return vm.parseJsonBytes(json, string.concat(".quotes.", name, ".quote"));
    }

    function platformFmspc() internal view returns (bytes6) {
        return bytes6(vm.parseJsonBytes(json, ".platforms.platform.fmspc"));
    }

    function machineNamed(string memory name) internal view returns (bytes32) {
        return vm.parseJsonBytes32(json, string.concat(".platforms.", name, ".ppidHash"));
    }

    /// @dev Proposes and executes something that only the governor may do.
    function govern(bytes memory action) internal {
        bytes32 salt = bytes32(++_proposals);
        timelock.schedule(address(verifier), 0, action, 0, salt, 0);
        timelock.execute(address(verifier), 0, action, 0, salt);
    }

    /// @dev Allows the vectors' enclave and model of platform, and registers the platform.
    function allow() internal {
        govern(abi.encodeCall(IAttestationPolicy.addMeasurement, (mrenclave, 7, 3, 0xe7, 0)));
        govern(abi.encodeCall(IAttestationPolicy.setFloor, (platformFmspc(), bytes16(0), 0)));
        verifier.registerPlatform(certificate);
    }

    /// @dev Puts report data into the good quote and has the attestation key sign it again.
    function quoteOf(bytes32 low, bytes32 high) internal view returns (bytes memory quote) {
        quote = bytes.concat(good);
        for (uint256 i = 0; i < 32; ++i) {
            (quote[368 + i], quote[400 + i]) = (low[i], high[i]);
        }
        resign(quote);
    }

    function resign(bytes memory quote) internal view {
        string memory at_ = string.concat(".platforms.", _machine, ".attestationPrivateKey");
        uint256 secret = uint256(vm.parseJsonBytes32(json, at_));
        (bytes32 r, bytes32 s) = vm.signP256(secret, sha256(slice(quote, 0, 432)));
        for (uint256 i = 0; i < 32; ++i) {
            (quote[436 + i], quote[468 + i]) = (r[i], s[i]);
        }
    }

    function slice(bytes memory b, uint256 from, uint256 to) internal pure returns (bytes memory part) {
        part = new bytes(to - from);
        for (uint256 i = from; i < to; ++i) {
            part[i - from] = b[i];
        }
    }

    /// @dev What the registry wants the quote of a pod's identity to hold, first half.
    function boundTo(TestPod memory p) internal view returns (bytes32) {
        return sha256(abi.encodePacked("phallama/pod-identity/v1", identityFields(p)));
    }

    /// @dev What both forms of report data say of an identity.
    function identityFields(TestPod memory p) internal view returns (bytes memory) {
        return abi.encodePacked(block.chainid, address(registry), address(escrow), p.id, p.operator, p.identity.addr);
    }

    /// @dev An identity in the vectors' enclave.
    function enclaved(TestPod memory p) internal returns (IPodRegistry.Attestation memory a) {
        a.identity = p.identity.addr;
        a.validUntil = uint40(block.timestamp + 7 days);
        a.kind = 1;
        a.header = recentHeader();
        a.quote = quoteOf(boundTo(p), keccak256(a.header));
        (a.pckX, a.pckY) = (x, y);
    }

    /// @dev The selector that a call reverts with, 0 if it does not.
    function refusal(address to, bytes memory call) internal returns (bytes4) {
        return bytes4(reason(to, call));
    }

    /// @dev What a call reverts with, nothing if it does not.
    function reason(address to, bytes memory call) internal returns (bytes memory data) {
        bool ok;
        (ok, data) = to.call(call);
        if (ok) return "";
        vm.assertTrue(data.length >= 4, "a revert without a reason");
    }

    function checking(bytes memory quote) internal returns (bytes4) {
        return refusal(address(verifier), abi.encodeCall(ISgxQuoteVerifier.checkQuote, (quote, x, y)));
    }

    function verifying(bytes memory quote) internal returns (bytes4) {
        return refusal(address(verifier), abi.encodeCall(ISgxQuoteVerifier.verifyQuote, (quote, x, y)));
    }
}
