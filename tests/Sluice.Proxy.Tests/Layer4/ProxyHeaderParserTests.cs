using System.Buffers.Binary;
using System.Text;
using Sluice.Configuration;
using Sluice.Proxy.Engine.Native;
using Sluice.Proxy.Layer4.ProxyProtocol;

namespace Sluice.Proxy.Tests.Layer4;

/// <summary>The header of the PROXY protocol (haproxy.org, doc/proxy-protocol.txt), form by form, split at every byte.</summary>
public sealed class ProxyHeaderParserTests
{
    private const int Limit = 512;
    private const string Signature = "0D0A0D0A000D0A515549540A";
    private const string Addresses4 = "C0000201" + "C6336402" + "04D2" + "01BB";
    private const string Addresses6 = "20010DB8000000000000000000000001" + "20010DB8000000000000000000000002" + "04D2" + "01BB";

    [Theory]
    [InlineData("PROXY TCP4 192.0.2.1 198.51.100.2 1234 443\r\n", "192.0.2.1:1234", "198.51.100.2:443")]
    [InlineData("PROXY TCP4 255.255.255.255 0.0.0.0 65535 0\r\n", "255.255.255.255:65535", "0.0.0.0:0")]
    [InlineData("PROXY TCP6 2001:db8::1 2001:DB8::2 1234 443\r\n", "[2001:db8::1]:1234", "[2001:db8::2]:443")]
    [InlineData("PROXY TCP6 ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 65535 65535\r\n", "[ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff]:65535", "[ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff]:65535")]
    [InlineData("PROXY TCP6 ::ffff:192.0.2.1 ::1 1 2\r\n", "[::ffff:192.0.2.1]:1", "[::1]:2")]
    [InlineData("PROXY UNKNOWN\r\n", null, null)]
    [InlineData("PROXY UNKNOWN whatever 1 2 3\r\n", null, null)]
    [InlineData("PROXY UNKNOWN ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 65535 65535\r\n", null, null)]
    public void Version1_IsRead(string header, string? source, string? destination) => ExpectComplete(Encoding.Latin1.GetBytes(header), source, destination);

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n")]
    [InlineData("proxy TCP4 192.0.2.1 198.51.100.2 1234 443\r\n")]
    [InlineData(" PROXY TCP4 192.0.2.1 198.51.100.2 1234 443\r\n")]
    [InlineData("PROXY\r\n")]
    [InlineData("PROXY \r\n")]
    [InlineData("PROXY  TCP4 192.0.2.1 198.51.100.2 1234 443\r\n")]
    [InlineData("PROXY TCP4 192.0.2.1 198.51.100.2 1234 443\n")]
    [InlineData("PROXY TCP4 192.0.2.1 198.51.100.2 1234 443 \r\n")]
    [InlineData("PROXY TCP4 192.0.2.1 198.51.100.2 1234 443 5\r\n")]
    [InlineData("PROXY TCP4 192.0.2.1 198.51.100.2 1234\r\n")]
    [InlineData("PROXY TCP4 192.0.2.1 198.51.100.2  1234 443\r\n")]
    [InlineData("PROXY TCP4\t192.0.2.1 198.51.100.2 1234 443\r\n")]
    [InlineData("PROXY TCP4 192.0.2.1 198.51.100.2 01234 443\r\n")]
    [InlineData("PROXY TCP4 192.0.2.1 198.51.100.2 65536 443\r\n")]
    [InlineData("PROXY TCP4 192.0.2.1 198.51.100.2 -1 443\r\n")]
    [InlineData("PROXY TCP4 192.0.2.1 198.51.100.2 +1 443\r\n")]
    [InlineData("PROXY TCP4 192.0.2.1 198.51.100.2 1234 0x1b\r\n")]
    [InlineData("PROXY TCP4 192.0.2.256 198.51.100.2 1234 443\r\n")]
    [InlineData("PROXY TCP4 192.0.2 198.51.100.2 1234 443\r\n")]
    [InlineData("PROXY TCP4 192.0.2.1.5 198.51.100.2 1234 443\r\n")]
    [InlineData("PROXY TCP4 192.0.02.1 198.51.100.2 1234 443\r\n")]
    [InlineData("PROXY TCP4 192.0..1 198.51.100.2 1234 443\r\n")]
    [InlineData("PROXY TCP4 3221225985 198.51.100.2 1234 443\r\n")]
    [InlineData("PROXY TCP4 2001:db8::1 2001:db8::2 1234 443\r\n")]
    [InlineData("PROXY TCP6 192.0.2.1 198.51.100.2 1234 443\r\n")]
    [InlineData("PROXY TCP6 [2001:db8::1] 2001:db8::2 1234 443\r\n")]
    [InlineData("PROXY TCP6 fe80::1%eth0 2001:db8::2 1234 443\r\n")]
    [InlineData("PROXY TCP6 2001:db8::1::2 2001:db8::2 1234 443\r\n")]
    [InlineData("PROXY TCP6 2001:db8::12345 2001:db8::2 1234 443\r\n")]
    [InlineData("PROXY UDP4 192.0.2.1 198.51.100.2 1234 443\r\n")]
    [InlineData("PROXY UNKNOWNX\r\n")]
    public void Version1_Malformed_IsRefused(string header) =>
        Assert.Equal(ProxyHeaderStatus.Malformed, ProxyHeaderParser.Parse(Encoding.Latin1.GetBytes(header), Limit, out _, out _));

    [Fact]
    public void Version1_ThatDoesNotEnd_IsRefused()
    {
        var header = Encoding.Latin1.GetBytes("PROXY UNKNOWN " + new string('x', 200));

        Assert.Equal(ProxyHeaderStatus.Partial, ProxyHeaderParser.Parse(header.AsSpan(0, 106), Limit, out _, out _));
        Assert.Equal(ProxyHeaderStatus.Malformed, ProxyHeaderParser.Parse(header.AsSpan(0, 107), Limit, out _, out _));
        Assert.Equal(ProxyHeaderStatus.Malformed, ProxyHeaderParser.Parse([.. header, .. "\r\n"u8], Limit, out _, out _));
    }

    [Theory]
    [InlineData("2111000C" + Addresses4, "192.0.2.1:1234", "198.51.100.2:443")]
    [InlineData("21210024" + Addresses6, "[2001:db8::1]:1234", "[2001:db8::2]:443")]
    [InlineData("21110016" + Addresses4 + "0400020000" + "EA00020102", "192.0.2.1:1234", "198.51.100.2:443")]
    [InlineData("2111000F" + Addresses4 + "040000", "192.0.2.1:1234", "198.51.100.2:443")]
    [InlineData("20000000", null, null)]
    [InlineData("2011000C" + Addresses4, null, null)]
    [InlineData("20310003FFFFFF", null, null)]
    [InlineData("21000000", null, null)]
    [InlineData("21000005FFFFFFFFFF", null, null)]
    public void Version2_IsRead(string header, string? source, string? destination) => ExpectComplete(Convert.FromHexString(Signature + header), source, destination);

    [Theory]
    [InlineData("1111000C" + Addresses4, "Malformed")]
    [InlineData("3111000C" + Addresses4, "Malformed")]
    [InlineData("2211000C" + Addresses4, "Malformed")]
    [InlineData("2141000C" + Addresses4, "Malformed")]
    [InlineData("2113000C" + Addresses4, "Malformed")]
    [InlineData("2111000B" + "C0000201C633640204D201", "Malformed")]
    [InlineData("2121000C" + Addresses4, "Malformed")]
    [InlineData("2111000D" + Addresses4 + "04", "Malformed")]
    [InlineData("2111000E" + Addresses4 + "0400", "Malformed")]
    [InlineData("2111000F" + Addresses4 + "040001", "Malformed")]
    [InlineData("21110011" + Addresses4 + "0300020000", "Malformed")]
    [InlineData("21110013" + Addresses4 + "03000400000000", "BadChecksum")]
    [InlineData("2110000C" + Addresses4, "Unsupported")]
    [InlineData("2112000C" + Addresses4, "Unsupported")]
    [InlineData("21310000", "Unsupported")]
    [InlineData("211101F1", "TooLong")]
    [InlineData("2100FFFF", "TooLong")]
    public void Version2_Malformed_IsRefused(string header, string status) =>
        Assert.Equal(status, ProxyHeaderParser.Parse(Convert.FromHexString(Signature + header), Limit, out _, out _).ToString());

    [Fact]
    public void Version2_WithItsChecksum_IsRead()
    {
        var header = Convert.FromHexString(Signature + "21110013" + Addresses4 + "03000400000000");
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(31), Crc32c(header));
        ExpectComplete(header, "192.0.2.1:1234", "198.51.100.2:443");

        for (var bit = 0; bit < 8 * (header.Length - 16); bit++)
        {
            var damaged = (byte[])header.Clone();
            damaged[16 + (bit / 8)] ^= (byte)(1 << (bit % 8));
            Assert.True(bit / 8 is >= 12 and < 15 || ProxyHeaderParser.Parse(damaged, Limit, out _, out _) == ProxyHeaderStatus.BadChecksum, $"bit {bit}");
        }
    }

    [Theory]
    [InlineData(ProxyProtocolVersion.V1, "192.0.2.1", "198.51.100.2")]
    [InlineData(ProxyProtocolVersion.V2, "192.0.2.1", "198.51.100.2")]
    [InlineData(ProxyProtocolVersion.V1, "ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData(ProxyProtocolVersion.V2, "2001:db8::1", "::1")]
    public void WhatIsWritten_IsRead(ProxyProtocolVersion version, string source, string destination)
    {
        var from = new NativeAddress(System.Net.IPAddress.Parse(source), 65535);
        var to = new NativeAddress(System.Net.IPAddress.Parse(destination), 1);
        var buffer = new byte[ProxyHeaderWriter.MaxLength];

        var length = ProxyHeaderWriter.Write(buffer, version, from, to);

        Assert.True(length > 0);
        Assert.Equal(ProxyHeaderStatus.Complete, ProxyHeaderParser.Parse(buffer.AsSpan(0, length), Limit, out var read, out var addresses));
        Assert.Equal(length, read);
        Assert.Equal(NativeAddress.Read(from.Value), NativeAddress.Read(addresses!.Source.Value));
        Assert.Equal(NativeAddress.Read(to.Value), NativeAddress.Read(addresses.Destination.Value));
    }

    [Theory]
    [InlineData("192.0.2.0/24", "192.0.2.255", true)]
    [InlineData("192.0.2.0/24", "192.0.3.0", false)]
    [InlineData("192.0.2.7", "192.0.2.7", true)]
    [InlineData("192.0.2.7", "192.0.2.6", false)]
    [InlineData("0.0.0.0/0", "203.0.113.9", true)]
    [InlineData("0.0.0.0/0", "2001:db8::1", false)]
    [InlineData("2001:db8::/32", "2001:db8:ffff::1", true)]
    [InlineData("2001:db8::/32", "2001:db9::1", false)]
    [InlineData("2001:db8::/33", "2001:db8:8000::1", false)]
    [InlineData("::/0", "::1", true)]
    [InlineData("::/0", "127.0.0.1", false)]
    [InlineData("::1", "::1", true)]
    public void TrustedSources_AreNetworksOrAddresses(string source, string address, bool isTrusted) =>
        Assert.Equal(isTrusted, new TrustedSources([source]).Contains(new NativeAddress(System.Net.IPAddress.Parse(address), 1).Value));

    [Fact]
    public void NoTrustedSources_AreEverybody() => Assert.True(new TrustedSources([]).Contains(new NativeAddress(System.Net.IPAddress.Loopback, 1).Value));

    /// <summary>However it is cut: incomplete until its last byte, then complete, with nothing of what follows.</summary>
    private static void ExpectComplete(byte[] header, string? source, string? destination)
    {
        for (var length = 0; length < header.Length; length++)
            Assert.Equal(ProxyHeaderStatus.Partial, ProxyHeaderParser.Parse(header.AsSpan(0, length), Limit, out _, out _));
        foreach (var rest in new[] { "", "\r\n", "GET / HTTP/1.1\r\n\r\n", "PROXY TCP4 1.1.1.1 2.2.2.2 1 2\r\n" })
        {
            Assert.Equal(ProxyHeaderStatus.Complete, ProxyHeaderParser.Parse([.. header, .. Encoding.Latin1.GetBytes(rest)], Limit, out var read, out var addresses));
            Assert.Equal(header.Length, read);
            Assert.Equal(source, addresses is null ? null : NativeAddress.Read(addresses.Source.Value).ToString());
            Assert.Equal(destination, addresses is null ? null : NativeAddress.Read(addresses.Destination.Value).ToString());
        }
    }

    /// <summary>Bit by bit, as the polynomial says.</summary>
    private static uint Crc32c(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var octet in bytes)
        {
            crc ^= octet;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0x82F63B78 : crc >> 1;
        }

        return ~crc;
    }
}
