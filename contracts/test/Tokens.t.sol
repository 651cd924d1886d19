// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {IEscrow} from "../src/interfaces/IEscrow.sol";
import {Fixture, IDevToken} from "./Fixture.sol";
import {vm} from "./Vm.sol";

/// @dev A token that misbehaves as it is told to.
contract OddToken is ERC20 {
    uint256 public fee; // taken from what arrives
    bool public fails; // says so instead of moving anything
    uint256 public shrinks; // burnt from the receiver on top
    address public calls; // called during a transfer
    bytes public with;

    constructor() ERC20("Odd", "ODD") {}

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function misbehave(uint256 fee_, bool fails_, uint256 shrinks_) external {
        (fee, fails, shrinks) = (fee_, fails_, shrinks_);
    }

    function reenter(address target, bytes calldata data) external {
        (calls, with) = (target, data);
    }

    function transferFrom(address from, address to, uint256 amount) public override returns (bool) {
        if (fails) return false;
        super.transferFrom(from, to, amount);
        if (fee != 0) _burn(to, fee);
        if (shrinks != 0) _burn(to, amount + shrinks);
        callBack();
        return true;
    }

    function transfer(address to, uint256 amount) public override returns (bool) {
        if (fails) return false;
        super.transfer(to, amount);
        callBack();
        return true;
    }

    function callBack() private {
        if (calls == address(0)) return;
        (bool ok, bytes memory result) = calls.call(with);
        if (!ok) {
            assembly {
                revert(add(result, 0x20), mload(result))
            }
        }
    }
}

contract TokensTest is Fixture {
    OddToken private odd;
    IEscrow private oddEscrow;

    function setUp() public override {
        super.setUp();
        odd = new OddToken();
        (, oddEscrow) = deploy(address(odd));
        odd.mint(address(this), 1000);
        odd.approve(address(oddEscrow), type(uint256).max);
        oddEscrow.deposit(100);
    }

    function test_feeOnTransferIsRefused() public {
        odd.misbehave(1, false, 0);
        vm.expectRevert(abi.encodeWithSelector(IEscrow.UnsupportedToken.selector, 50, 49));
        oddEscrow.deposit(50);
    }

    function test_aBalanceThatShrinksIsRefused() public {
        odd.misbehave(0, false, 10);
        vm.expectRevert(abi.encodeWithSelector(IEscrow.UnsupportedToken.selector, 50, 0));
        oddEscrow.deposit(50);
    }

    function test_aTokenThatSaysNoIsBelieved() public {
        odd.misbehave(0, true, 0);
        bytes memory failed = abi.encodeWithSelector(SafeERC20.SafeERC20FailedOperation.selector, address(odd));
        vm.expectRevert(failed);
        oddEscrow.deposit(50);
        vm.expectRevert(failed);
        oddEscrow.withdraw(address(this), 50);
    }

    function test_reentryIsRefused() public {
        bytes[3] memory calls = [
            abi.encodeCall(IEscrow.deposit, (1)),
            abi.encodeCall(IEscrow.withdraw, (address(this), 1)),
            abi.encodeCall(IEscrow.payout, (only(address(0)), address(this)))
        ];
        for (uint256 i = 0; i < calls.length; ++i) {
            odd.reenter(address(oddEscrow), calls[i]);
            vm.expectRevert(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector);
            oddEscrow.deposit(50);
            vm.expectRevert(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector);
            oddEscrow.withdraw(address(this), 50);
        }
    }

    function test_aBalanceIsGoneBeforeTheTokenMoves() public {
        odd.reenter(address(this), abi.encodeCall(this.seesAvail, (40)));
        oddEscrow.withdraw(address(this), 60);
    }

    function seesAvail(uint96 want) external view {
        (uint96 got,,) = oddEscrow.account(address(this));
        vm.assertEq(got, want);
    }

    function test_moreThan96BitsAreRefused() public {
        odd.mint(address(oddEscrow), type(uint96).max);
        vm.expectRevert(abi.encodeWithSelector(IEscrow.AmountTooLarge.selector, uint256(type(uint96).max) + 150));
        oddEscrow.deposit(50);
    }

    function test_tokensSentWithoutADepositAreNobodys() public {
        odd.transfer(address(oddEscrow), 30);
        (uint96 got,,) = oddEscrow.account(address(this));
        vm.assertEq(got, 100);
    }

    function test_onlyTheDeployerMintsDevTokens() public {
        IDevToken dev = newDevToken();
        dev.mint(alice.addr, 5);
        vm.assertEq(dev.balanceOf(alice.addr), 5);
        vm.assertEq(dev.decimals(), 18);
        vm.expectRevert(abi.encodeWithSelector(IDevToken.NotMinter.selector, alice.addr));
        vm.prank(alice.addr);
        dev.mint(alice.addr, 5);
    }
}
