// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {BlockHeader} from "../src/BlockHeader.sol";
import {Header} from "./Header.sol";
import {vm} from "./Vm.sol";

/// @dev The reader of headers. The chain is made to know the hash of whatever is read, so that nothing but the reader can
/// refuse it.
contract BlockHeaderTest {
    uint256 private constant NUMBER = 900;

    function setUp() public {
        vm.roll(NUMBER + 1);
    }

    function open(bytes calldata header) external view returns (bytes32 hash, uint256 time) {
        return BlockHeader.open(header);
    }

    /// @dev What reading reverts with, nothing if it does not.
    function why(bytes memory header) private returns (bytes memory data) {
        vm.setBlockhash(NUMBER, keccak256(header));
        bool ok;
        (ok, data) = address(this).call(abi.encodeCall(this.open, (header)));
        if (ok) return "";
    }

    function malformed(bytes memory header, string memory what) private {
        vm.assertEq(bytes32(bytes4(why(header))), bytes32(BlockHeader.BadHeader.selector), what);
    }

    function testFuzz_numberAndTime(uint64 number, uint64 time) public {
        number = uint64(number % (type(uint64).max - 1));
        vm.roll(uint256(number) + 1);
        bytes memory header = Header.encode(number, time);
        vm.setBlockhash(number, keccak256(header));
        (bytes32 hash, uint256 got) = this.open(header);
        vm.assertEq(hash, keccak256(header));
        vm.assertEq(got, time);
    }

    /// @dev The first block of Ethereum's main chain, whose hash is known to everybody.
    function test_aRealHeader() public {
        bytes32 empty = 0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421; // root of no entries
        bytes memory roots = bytes.concat(
            abi.encodePacked(hex"a0", bytes32(0)),
            hex"a01dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347",
            hex"940000000000000000000000000000000000000000",
            hex"a0d7f8974fb5ac78d9ac099b9ad5018bedc2ce0a72dad1827a1709da30580f0544",
            abi.encodePacked(hex"a0", empty, hex"a0", empty),
            abi.encodePacked(hex"b90100", new bytes(256))
        );
        bytes memory rest = bytes.concat(
            hex"850400000000", // difficulty
            hex"80", // number
            hex"821388", // gas limit
            hex"8080", // gas used, time
            hex"a011bbe8db4e347b4e8c937c1c8370e4b5ed33adb3db69cbdb7a38e1e50b1b82fa",
            abi.encodePacked(hex"a0", bytes32(0), hex"880000000000000042")
        );
        bytes memory header = Header.list(bytes.concat(roots, rest));
        vm.assertEq(keccak256(header), 0xd4e56740f876aef8c010b86a40d5f56745a118d0906a34e69aec8c0db1cb8fa3);
        vm.roll(1);
        vm.setBlockhash(0, keccak256(header));
        (, uint256 time) = this.open(header);
        vm.assertEq(time, 0);
    }

    /// @dev The fields before number and time may be of any form and length.
    function test_formsOfStrings() public {
        bytes[5] memory forms = [
            bytes(hex"05"),
            hex"80",
            hex"83010203",
            abi.encodePacked(hex"b838", new bytes(56)),
            abi.encodePacked(hex"b90100", new bytes(256))
        ];
        bytes memory long = abi.encodePacked(hex"b90100", new bytes(256)); // behind: a list has more than 255 bytes
        for (uint256 i = 0; i < forms.length; ++i) {
            bytes memory before = bytes.concat(hex"8080808080", forms[i], hex"8080");
            vm.assertEq(why(made(before, Header.integer(NUMBER), hex"8080", hex"84ffffffff", long)), "");
            before = hex"8080808080808080";
            bytes memory between = bytes.concat(forms[i], hex"80");
            vm.assertEq(why(made(before, Header.integer(NUMBER), between, hex"84ffffffff", long)), "");
        }
    }

    /// @param before fields 0 to 7
    /// @param between fields 9 and 10
    function made(
        bytes memory before,
        bytes memory number,
        bytes memory between,
        bytes memory time,
        bytes memory behind
    ) private pure returns (bytes memory) {
        return Header.list(bytes.concat(before, number, between, time, behind));
    }

    function test_malformed() public {
        bytes memory good = Header.encode(NUMBER, 1);
        vm.assertEq(why(good), "");
        for (uint256 n = 0; n < good.length; ++n) {
            malformed(slice(good, 0, n), "truncated");
        }
        malformed(bytes.concat(good, hex"00"), "something after it");
        malformed(bytes.concat(good, new bytes(1025 - good.length)), "too long");
        bytes memory items = slice(good, 3, good.length);
        malformed(abi.encodePacked(hex"fa00", uint16(items.length), items), "a length of three bytes");
        malformed(abi.encodePacked(hex"b9", uint16(items.length), items), "a string, no list");
        malformed(items, "no list");

        bytes memory before = hex"8080808080808080";
        bytes memory long = abi.encodePacked(hex"b90100", new bytes(256));
        bytes memory number = Header.integer(NUMBER);
        bytes memory nine = hex"89010000000000000000";
        malformed(made(before, nine, hex"8080", hex"01", long), "a number of nine bytes");
        malformed(made(before, number, hex"8080", nine, long), "a time of nine bytes");
        malformed(made(hex"80808080808080c0", number, hex"8080", hex"01", long), "a list within it");
        malformed(
            made(hex"80808080808080ba000001", number, hex"8080", hex"01", long), "a string of three bytes' length"
        );
        malformed(made(long, long, "", "", ""), "too few fields");
        // A field that ends behind the header, each way to say so.
        malformed(made(before, number, bytes.concat(long, hex"80"), hex"8800000000000000", ""), "a time cut off");
        malformed(made(before, number, bytes.concat(long, hex"80"), hex"b8", ""), "a length cut off");
        malformed(made(before, number, bytes.concat(long, hex"80"), hex"b9ff", ""), "a long length cut off");
        malformed(made(before, number, bytes.concat(long, hex"b9ffff"), "", ""), "longer than everything");
    }

    function testFuzz_garbage(bytes calldata garbage, bool framed) public {
        harmless(framed ? Header.list(garbage) : garbage);
    }

    function testFuzz_aChangedByte(uint256 seed, bytes1 to) public {
        bytes memory header = Header.encode(NUMBER, 1_800_000_000);
        header[seed % header.length] = to;
        harmless(header);
    }

    /// @dev It is read or refused in words: never a panic, whatever the bytes are.
    function harmless(bytes memory header) private {
        bytes memory data = why(header);
        bytes4 refusal = bytes4(data);
        bool known = refusal == BlockHeader.BadHeader.selector || refusal == BlockHeader.StaleBlock.selector;
        vm.assertTrue(data.length == 0 || known, "another error");
    }

    function slice(bytes memory b, uint256 from, uint256 to) private pure returns (bytes memory part) {
        part = new bytes(to - from);
        for (uint256 i = from; i < to; ++i) {
            part[i - from] = b[i];
        }
    }
}
