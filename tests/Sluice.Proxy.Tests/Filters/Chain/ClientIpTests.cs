using System.Buffers.Binary;
using System.Net;
using System.Text;
using Sluice.Proxy.Filters.Chain;
using Sluice.Proxy.Http;
using Sluice.Proxy.Tests.Routing;

namespace Sluice.Proxy.Tests.Filters.Chain;

public sealed class ClientIpTests
{
    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("255.255.255.255")]
    [InlineData("10.1.2.3")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("1::")]
    [InlineData("2001:db8::8:800:200c:417a")]
    [InlineData("2001:db8:0:0:8:800:200c:417a")]
    [InlineData("::ffff:192.0.2.1")]
    [InlineData("64:ff9b::192.0.2.33")]
    [InlineData("fe80::1%eth0")]
    [InlineData("1:2:3:4:5:6:7:8")]
    [InlineData("1:2:3:4:5:6:7::")]
    [InlineData("::2:3:4:5:6:7:8")]
    [InlineData("1:2:3:4:5:6:1.2.3.4")]
    public void Parse_AnAddress_IsWhatThePlatformReads(string text)
    {
        Span<byte> octets = stackalloc byte[16];
        IPAddress.Parse(text.Split('%')[0]).MapToIPv6().TryWriteBytes(octets, out _);

        Assert.True(ClientIp.TryParse(Encoding.ASCII.GetBytes(text), out UInt128 address));
        Assert.Equal(BinaryPrimitives.ReadUInt128BigEndian(octets), address);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1.2.3")]
    [InlineData("1.2.3.4.5")]
    [InlineData("1.2.3.256")]
    [InlineData("1.2.3.")]
    [InlineData("1.2.3.4 ")]
    [InlineData("0x1.2.3.4")]
    [InlineData(":")]
    [InlineData(":::")]
    [InlineData("1::2::3")]
    [InlineData("1:2:3:4:5:6:7")]
    [InlineData("1:2:3:4:5:6:7:8:9")]
    [InlineData("1:2:3:4::5:6:7:8")]
    [InlineData("12345::")]
    [InlineData("g::")]
    [InlineData("1.2.3.4::")]
    [InlineData("1:2:3:4:5:6:7:1.2.3.4")]
    [InlineData("unix:")]
    public void Parse_SomethingElse_IsFalse(string text) => Assert.False(ClientIp.TryParse(Encoding.ASCII.GetBytes(text), out _));

    [Theory]
    [InlineData(0, "203.0.113.9", "10.0.0.1")]
    [InlineData(1, "203.0.113.9", "203.0.113.9")]
    [InlineData(1, "6.6.6.6, 203.0.113.9", "203.0.113.9")]
    [InlineData(2, "6.6.6.6, 203.0.113.9, 10.0.0.7", "203.0.113.9")]
    [InlineData(3, "203.0.113.9, 10.0.0.7", "10.0.0.1")]
    [InlineData(3, "203.0.113.9, 10.0.0.8|10.0.0.7", "203.0.113.9")]
    [InlineData(1, "203.0.113.9:4711", "203.0.113.9")]
    [InlineData(1, "[2001:db8::1]:443", "2001:db8::1")]
    [InlineData(1, "2001:db8::1", "2001:db8::1")]
    [InlineData(1, "unknown", "10.0.0.1")]
    [InlineData(1, "", "10.0.0.1")]
    public void Find_WithTrustedProxies_CountsFromTheEnd(int hops, string lines, string expected)
    {
        Assert.True(ClientIp.TryFind(Head(lines.Split('|')), "10.0.0.1"u8, hops, out UInt128 address));

        ClientIp.TryParse(Encoding.ASCII.GetBytes(expected), out UInt128 wanted);
        Assert.Equal(wanted, address);
    }

    private static unsafe RequestHead Head(string[] forwarded)
    {
        RequestHead plain = TestHead.Get("/", [.. forwarded.Select(value => ("X-Forwarded-For", value))]);
        var head = new RequestHead(8) { Buffer = plain.Buffer };
        foreach (Field field in plain.Fields)
        {
            Field known = field;
            known.Known = KnownField.XForwardedFor;
            head.TryAdd(known);
        }
        return head;
    }
}
