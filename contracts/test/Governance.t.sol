// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {IAttestationPolicy} from "../src/interfaces/IAttestationPolicy.sol";
import {ISgxQuoteVerifier} from "../src/interfaces/ISgxQuoteVerifier.sol";
import {SgxFixture} from "./SgxFixture.sol";
import {vm} from "./Vm.sol";

/// @dev Who may change what is trusted, and how fast.
contract GovernanceTest is SgxFixture {
    bytes32 private constant OTHER = keccak256("another measurement");
    uint256 private constant DELAY = 48 hours;

    // Deployment

    function test_onlyIntelsKeysOffDevelopmentChains() public {
        address slow = newTimelock(DELAY);
        bytes32[2] memory simulated = caKey("platform");
        bytes memory refused = abi.encodeWithSelector(ISgxQuoteVerifier.NotIntelsKeys.selector);
        uint256[3] memory chains = [uint256(1), 2035, 1338];
        for (uint256 i = 0; i < chains.length; ++i) {
            vm.chainId(chains[i]);
            vm.assertEq(deploying(simulated, caKey("processor"), slow), refused);
            vm.assertEq(deploying(simulated, intelCa(1), slow), refused);
            vm.assertEq(deploying(intelCa(0), simulated, slow), refused);
            vm.assertEq(deploying(intelCa(1), intelCa(0), slow), refused);
            for (uint256 k = 0; k < 4; ++k) {
                (bytes32[2] memory a, bytes32[2] memory b) = (intelCa(0), intelCa(1));
                if (k < 2) a[k] ^= bytes32(uint256(1));
                else b[k - 2] ^= bytes32(uint256(1));
                vm.assertEq(deploying(a, b, slow), refused);
            }
            vm.assertEq(deploying(intelCa(0), intelCa(1), slow), "");
        }
    }

    function test_theDelayOffDevelopmentChains() public {
        (address slow, address quick) = (newTimelock(DELAY), newTimelock(DELAY - 1));
        vm.chainId(2035);
        vm.assertEq(
            deploying(intelCa(0), intelCa(1), quick),
            abi.encodeWithSelector(IAttestationPolicy.DelayTooShort.selector, DELAY - 1, DELAY)
        );
        vm.assertEq(deploying(intelCa(0), intelCa(1), slow), "");
        // An account is no timelock.
        (bool ok,) = address(this).call(abi.encodeCall(this.deployWith, (intelCa(0), intelCa(1), operator, GUARDIAN)));
        vm.assertTrue(!ok, "an account governs");
    }

    function test_developmentChains() public {
        address none = newTimelock(0);
        uint256[3] memory chains = [uint256(1337), 31337, 1337008];
        for (uint256 i = 0; i < chains.length; ++i) {
            vm.chainId(chains[i]);
            vm.assertEq(deploying(caKey("platform"), caKey("processor"), none), "");
        }
    }

    function test_thereIsAGuardian() public {
        bytes memory zero = abi.encodeWithSelector(IAttestationPolicy.ZeroGuardian.selector);
        bytes memory deploy =
            abi.encodeCall(this.deployWith, (caKey("platform"), caKey("processor"), address(timelock), address(0)));
        vm.assertEq(reason(address(this), deploy), zero);
        vm.assertEq(by(address(timelock), abi.encodeCall(IAttestationPolicy.setGuardian, (address(0)))), zero);
        vm.assertEq(verifier.guardian(), GUARDIAN);
    }

    function deploying(bytes32[2] memory platformCa, bytes32[2] memory processorCa, address governor)
        private
        returns (bytes memory)
    {
        return reason(address(this), abi.encodeCall(this.deployWith, (platformCa, processorCa, governor, GUARDIAN)));
    }

    function deployWith(bytes32[2] memory platformCa, bytes32[2] memory processorCa, address governor, address guardian)
        external
    {
        newVerifier(platformCa, processorCa, governor, guardian);
    }

    // Who may do what

    /// @dev What a caller gets for an action, nothing if it is done.
    function by(address caller, bytes memory action) private returns (bytes memory) {
        vm.prank(caller);
        return reason(address(verifier), action);
    }

    function test_strangersChangeNothing() public {
        allow();
        bytes[8] memory actions = [
            abi.encodeCall(IAttestationPolicy.addMeasurement, (OTHER, 0, 0, 0, 0)),
            abi.encodeCall(IAttestationPolicy.setGuardian, (bob.addr)),
            abi.encodeCall(IAttestationPolicy.deprecateMeasurement, (mrenclave)),
            abi.encodeCall(IAttestationPolicy.revokeMeasurement, (mrenclave)),
            abi.encodeCall(IAttestationPolicy.setFloor, (platformFmspc(), bytes16(uint128(1)), 1)),
            abi.encodeCall(IAttestationPolicy.setQeFloor, (9)),
            abi.encodeCall(ISgxQuoteVerifier.revokePlatform, (keccak256(abi.encode(x, y)))),
            abi.encodeCall(ISgxQuoteVerifier.revokeMachine, (machineNamed("platform")))
        ];
        // Not even who may propose to the timelock does any of it by itself.
        address[3] memory strangers = [bob.addr, operator, address(this)];
        for (uint256 i = 0; i < strangers.length; ++i) {
            for (uint256 k = 0; k < actions.length; ++k) {
                bytes4 why = k < 2 ? IAttestationPolicy.NotGovernor.selector : IAttestationPolicy.NotGovernance.selector;
                vm.assertEq(by(strangers[i], actions[k]), abi.encodeWithSelector(why, strangers[i]));
            }
        }
        vm.assertEq(bytes32(verifying(good)), 0);
        for (uint256 k = 1; k < actions.length; ++k) {
            vm.assertEq(by(address(timelock), actions[k]), "", vm.toString(k)); // the same by the governor
        }
    }

    function test_theGuardianOnlyTakesAway() public {
        allow();
        bytes6 fmspc = platformFmspc();
        bytes memory refused = abi.encodeWithSelector(IAttestationPolicy.NotGovernor.selector, GUARDIAN);
        vm.assertEq(by(GUARDIAN, abi.encodeCall(IAttestationPolicy.addMeasurement, (OTHER, 0, 0, 0, 0))), refused);
        vm.assertEq(by(GUARDIAN, abi.encodeCall(IAttestationPolicy.setGuardian, (bob.addr))), refused);

        refused = abi.encodeWithSelector(IAttestationPolicy.FloorLowered.selector, fmspc);
        bytes16 svns = 0x05050505050505050505050505050505;
        vm.assertEq(by(GUARDIAN, abi.encodeCall(IAttestationPolicy.setFloor, (fmspc, svns, 5))), "");
        vm.assertEq(by(GUARDIAN, abi.encodeCall(IAttestationPolicy.setFloor, (fmspc, svns, 5))), "");
        vm.assertEq(by(GUARDIAN, abi.encodeCall(IAttestationPolicy.setFloor, (fmspc, svns, 4))), refused);
        for (uint256 i = 0; i < 16; ++i) {
            // One lower, all others higher.
            uint128 lower = 0x09090909090909090909090909090909;
            lower -= uint128(5) << uint128(8 * i);
            vm.assertEq(by(GUARDIAN, abi.encodeCall(IAttestationPolicy.setFloor, (fmspc, bytes16(lower), 9))), refused);
        }
        IAttestationPolicy.Floor memory f = verifier.floorOf(fmspc);
        vm.assertEq(bytes32(f.componentSvns), bytes32(svns));
        vm.assertEq(f.pceSvn, 5);
        refused = abi.encodeWithSelector(IAttestationPolicy.FloorLowered.selector, bytes6("new"));
        vm.assertEq(by(GUARDIAN, abi.encodeCall(IAttestationPolicy.setFloor, (bytes6("new"), svns, 9))), refused);

        refused = abi.encodeWithSelector(IAttestationPolicy.QeFloorLowered.selector, 7, 8);
        vm.assertEq(by(GUARDIAN, abi.encodeCall(IAttestationPolicy.setQeFloor, (7))), refused);
        vm.assertEq(by(GUARDIAN, abi.encodeCall(IAttestationPolicy.setQeFloor, (9))), "");
        vm.assertEq(verifier.qeFloor(), 9);
    }

    function test_aReplacedGuardianIsNobody() public {
        govern(abi.encodeCall(IAttestationPolicy.setGuardian, (bob.addr)));
        bytes memory revoke = abi.encodeCall(IAttestationPolicy.revokeMeasurement, (OTHER));
        vm.assertEq(by(GUARDIAN, revoke), abi.encodeWithSelector(IAttestationPolicy.NotGovernance.selector, GUARDIAN));
        vm.assertEq(by(bob.addr, revoke), "");
    }

    // The timelock

    function test_additionsWait() public {
        TimelockController slow = TimelockController(payable(newTimelock(DELAY)));
        verifier = newVerifier(caKey("platform"), caKey("processor"), address(slow), GUARDIAN);
        bytes memory add = abi.encodeCall(IAttestationPolicy.addMeasurement, (mrenclave, 7, 3, 0xe7, 0));
        bytes memory execute = abi.encodeCall(TimelockController.execute, (address(verifier), 0, add, 0, 0));
        bytes32 id = slow.hashOperation(address(verifier), 0, add, 0, 0);
        bytes memory early = abi.encodeWithSelector(
            TimelockController.TimelockUnexpectedOperationState.selector,
            id,
            bytes32(1 << uint8(TimelockController.OperationState.Ready))
        );

        vm.assertEq(reason(address(slow), execute), early); // never proposed
        bytes memory hasty = abi.encodeCall(TimelockController.schedule, (address(verifier), 0, add, 0, 0, DELAY - 1));
        vm.assertEq(
            reason(address(slow), hasty),
            abi.encodeWithSelector(TimelockController.TimelockInsufficientDelay.selector, DELAY - 1, DELAY)
        );
        bytes memory schedule = abi.encodeCall(TimelockController.schedule, (address(verifier), 0, add, 0, 0, DELAY));
        bytes32 proposer = slow.PROPOSER_ROLE();
        vm.prank(GUARDIAN);
        vm.assertEq(
            reason(address(slow), schedule),
            abi.encodeWithSelector(IAccessControl.AccessControlUnauthorizedAccount.selector, GUARDIAN, proposer)
        );
        vm.assertEq(reason(address(slow), schedule), "");
        vm.warp(block.timestamp + DELAY - 1);
        vm.assertEq(reason(address(slow), execute), early);
        vm.assertEq(uint8(verifier.measurement(mrenclave).status), uint8(IAttestationPolicy.Status.NONE));
        vm.warp(block.timestamp + 1);
        vm.assertEq(reason(address(slow), execute), "");
        vm.assertEq(uint8(verifier.measurement(mrenclave).status), uint8(IAttestationPolicy.Status.ACTIVE));
    }

    /// @dev What is revoked while its addition waits is not added.
    function test_aRevocationOvertakesAnAddition() public {
        TimelockController slow = TimelockController(payable(newTimelock(DELAY)));
        verifier = newVerifier(caKey("platform"), caKey("processor"), address(slow), GUARDIAN);
        bytes memory add = abi.encodeCall(IAttestationPolicy.addMeasurement, (mrenclave, 7, 3, 0xe7, 0));
        slow.schedule(address(verifier), 0, add, 0, 0, DELAY);
        vm.assertEq(by(GUARDIAN, abi.encodeCall(IAttestationPolicy.revokeMeasurement, (mrenclave))), "");
        vm.warp(block.timestamp + DELAY);
        vm.assertEq(
            reason(address(slow), abi.encodeCall(TimelockController.execute, (address(verifier), 0, add, 0, 0))),
            wrongStatus(mrenclave, IAttestationPolicy.Status.REVOKED)
        );
    }

    // The list of measurements

    function test_statuses() public {
        bytes memory add = abi.encodeCall(IAttestationPolicy.addMeasurement, (OTHER, 7, 3, 0xe7, 1));
        bytes memory deprecate = abi.encodeCall(IAttestationPolicy.deprecateMeasurement, (OTHER));
        bytes memory revoke = abi.encodeCall(IAttestationPolicy.revokeMeasurement, (OTHER));
        vm.assertEq(by(GUARDIAN, deprecate), wrongStatus(OTHER, IAttestationPolicy.Status.NONE));
        vm.assertEq(by(address(timelock), add), "");
        vm.assertEq(by(GUARDIAN, deprecate), "");
        vm.assertEq(by(GUARDIAN, deprecate), wrongStatus(OTHER, IAttestationPolicy.Status.DEPRECATED));
        vm.assertEq(by(address(timelock), add), "");
        vm.warp(block.timestamp + 1);
        vm.assertEq(by(GUARDIAN, revoke), "");
        address[2] memory both = [GUARDIAN, address(timelock)];
        for (uint256 i = 0; i < both.length; ++i) {
            vm.assertEq(by(both[i], revoke), wrongStatus(OTHER, IAttestationPolicy.Status.REVOKED));
            vm.assertEq(by(both[i], deprecate), wrongStatus(OTHER, IAttestationPolicy.Status.REVOKED));
        }
        vm.assertEq(by(address(timelock), add), wrongStatus(OTHER, IAttestationPolicy.Status.REVOKED));

        (bytes32 at_, IAttestationPolicy.Measurement memory m) = verifier.measurementAt(1);
        vm.assertEq(at_, OTHER);
        vm.assertEq(uint8(m.status), uint8(IAttestationPolicy.Status.REVOKED));
        vm.assertEq(m.since, block.timestamp);
        vm.assertEq(m.isvProdId, 7);
        vm.assertEq(m.minIsvSvn, 3);
        vm.assertEq(m.xfrmAllowed, 0xe7);
        vm.assertEq(m.miscAllowed, 1);
        vm.assertEq(verifier.measurementCount(), 1);
    }

    function test_noMeasurementIsZero() public {
        bytes memory zero = abi.encodeWithSelector(IAttestationPolicy.ZeroMeasurement.selector);
        bytes memory add = abi.encodeCall(IAttestationPolicy.addMeasurement, (bytes32(0), 7, 3, 0xe7, 0));
        vm.assertEq(by(address(timelock), add), zero);
        vm.assertEq(by(GUARDIAN, abi.encodeCall(IAttestationPolicy.revokeMeasurement, (bytes32(0)))), zero);
        bytes memory deprecate = abi.encodeCall(IAttestationPolicy.deprecateMeasurement, (bytes32(0)));
        vm.assertEq(by(GUARDIAN, deprecate), wrongStatus(0, IAttestationPolicy.Status.NONE));
    }

    function wrongStatus(bytes32 which, IAttestationPolicy.Status status) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IAttestationPolicy.WrongStatus.selector, which, status);
    }
}
