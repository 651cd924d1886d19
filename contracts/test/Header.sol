// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @dev Headers of blocks in RLP, as execution clients hash them, with the fields of the Prague upgrade.
library Header {
    /// @dev A header whose other fields are made up.
    function encode(uint256 number, uint256 time) internal pure returns (bytes memory) {
        bytes memory roots = bytes.concat(
            word(keccak256(abi.encode("parent", number))),
            word(keccak256("no uncles")),
            abi.encodePacked(bytes1(0x94), address(0xfee)) // who proposed it
        );
        roots = bytes.concat(
            roots, word(keccak256("state")), word(keccak256("transactions")), word(keccak256("receipts")), bloom()
        );
        bytes memory numbers = bytes.concat(
            integer(0), // difficulty
            integer(number),
            integer(36_000_000), // gas limit
            integer(1_234_567), // gas used
            integer(time)
        );
        bytes memory rest = bytes.concat(
            hex"8474657374", // extra data
            word(keccak256("randao")),
            hex"880000000000000000", // nonce
            integer(7) // base fee
        );
        bytes memory upgrades = bytes.concat(
            word(keccak256("withdrawals")),
            integer(0), // blob gas used
            integer(0), // excess of it
            word(keccak256("beacon root")),
            word(sha256("")) // requests
        );
        return list(bytes.concat(roots, numbers, rest, upgrades));
    }

    function word(bytes32 w) private pure returns (bytes memory) {
        return abi.encodePacked(bytes1(0xa0), w);
    }

    /// @dev A filter as that of a busy block, hardly a byte of it zero.
    function bloom() private pure returns (bytes memory out) {
        out = hex"b90100";
        for (uint256 i = 0; i < 8; ++i) {
            out = abi.encodePacked(out, keccak256(abi.encode("bloom", i)));
        }
    }

    /// @dev A list of more than 255 bytes.
    function list(bytes memory items) internal pure returns (bytes memory) {
        return abi.encodePacked(bytes1(0xf9), uint16(items.length), items);
    }

    /// @dev A whole number in its shortest form.
    function integer(uint256 n) internal pure returns (bytes memory out) {
        if (n != 0 && n < 0x80) return abi.encodePacked(uint8(n));
        for (uint256 left = n; left != 0; left >>= 8) {
            out = abi.encodePacked(uint8(left), out);
        }
        return abi.encodePacked(uint8(0x80 + out.length), out);
    }
}
