// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";

/// @title A stand-in for PHA, for devnets only
/// @notice Worthless: whoever deployed it mints as much as they like. On a real network the escrow's token is PHA.
contract DevToken is ERC20, ERC20Permit {
    address public immutable minter = msg.sender;

    error NotMinter(address caller);

    constructor() ERC20("Dev PHA", "dPHA") ERC20Permit("Dev PHA") {}

    function mint(address to, uint256 amount) external {
        if (msg.sender != minter) revert NotMinter(msg.sender);
        _mint(to, amount);
    }
}
