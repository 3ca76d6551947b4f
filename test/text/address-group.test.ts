import { expect, test } from "vitest";
import { addressGroup } from "../../src/text/address-group.js";

test.each([
  ["an IPv4 address is its own group", "192.0.2.1", "192.0.2.1"],
  ["IPv6 counts by its first 64 bits", "2001:db8:0:1:aaaa:bbbb:cccc:dddd", "2001:db8:0:1::/64"],
  ["a shortened address is the same one", "2001:DB8::7", "2001:db8:0:0::/64"],
  ["the shortening may be anywhere", "fe80::1:2:3:4", "fe80:0:0:0::/64"],
  ["an IPv4 address may be written as IPv6", "::ffff:192.0.2.1", "192.0.2.1"],
  ["also in hexadecimal", "0:0:0:0:0:FFFF:c000:201", "192.0.2.1"],
  ["a zone is no part of the address", "fe80::1%eth0", "fe80:0:0:0::/64"],
  ["the local machine has a group", "::1", "0:0:0:0::/64"],
  ["what is no address is left alone", "unknown", "unknown"],
])("%s", (_, address, group) => {
  expect(addressGroup(address)).toBe(group);
});

test("two addresses of one /64 are one group, of two /64 two", () => {
  expect(addressGroup("2001:db8::1")).toBe(addressGroup("2001:db8::ffff:ffff:ffff:ffff"));
  expect(addressGroup("2001:db8::1")).not.toBe(addressGroup("2001:db8:0:1::1"));
});
