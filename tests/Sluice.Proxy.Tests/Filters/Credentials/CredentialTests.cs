using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Sluice.Proxy.Filters.Credentials;
using Sluice.Proxy.Sessions;
using Sluice.Proxy.Tests.Filters.Chain;

namespace Sluice.Proxy.Tests.Filters.Credentials;

public sealed class CredentialTests
{
    [Theory]
    [InlineData("?k=1", "")]
    [InlineData("?k", "")]
    [InlineData("?k=1&a=2", "?a=2")]
    [InlineData("?a=2&k=1", "?a=2")]
    [InlineData("?a=2&k=1&b=3", "?a=2&b=3")]
    [InlineData("?k=1&k=2&b&k", "?b")]
    [InlineData("?kk=1&K=2", "?kk=1&K=2")]
    [InlineData("?a=2&&k=1", "?a=2&")]
    [InlineData("", "")]
    [InlineData("?", "?")]
    public void RemoveParameter_LeavesTheOthersAsTheyWere(string query, string expected)
    {
        FilterRun run = FilterRun.OfQuery(query);

        QueryParameters.Remove(run.Head, "k"u8);

        Assert.Equal(expected, run.Query);
    }

    [Theory]
    [InlineData("k=1", null)]
    [InlineData("k=1; a=2", "a=2")]
    [InlineData("a=2; k=1", "a=2")]
    [InlineData("a=2; k=1; b=3", "a=2; b=3")]
    [InlineData("a=2;k=1;b=3", "a=2; b=3")]
    [InlineData("k=1;a=2;b=3", "a=2; b=3")]
    [InlineData("a=2;b=3;k=1", "a=2;b=3")]
    [InlineData("k=1; k=2", null)]
    [InlineData("kk=1; K=2", "kk=1; K=2")]
    public void RemoveCookie_LeavesTheOthers(string cookies, string? expected)
    {
        FilterRun run = FilterRun.Get(("Cookie", cookies), ("X", "1"));

        RequestCookies.Remove(run.Head, "k"u8);

        Assert.Equal(expected, run.Field("cookie"));
        Assert.Equal("1", run.Field("x"));
    }

    [Fact]
    public void RemoveCookie_OfSeveralFields_LooksAtEach()
    {
        FilterRun run = FilterRun.Get(("Cookie", "k=1"), ("Cookie", "k=1; a=2"), ("X", "1"));

        RequestCookies.Remove(run.Head, "k"u8);

        Assert.Equal("a=2", run.Field("cookie"));
        Assert.Equal(2, run.Head.FieldCount);
    }

    [Theory]
    [InlineData("a%20b", "a b")]
    [InlineData("%2B%2f%3D", "+/=")]
    [InlineData("%", "%")]
    [InlineData("%2", "%2")]
    [InlineData("%zz%41", "%zzA")]
    [InlineData("a+b", "a+b")]
    public void Decode_WhatIsEncoded(string value, string expected)
    {
        Span<byte> target = stackalloc byte[32];

        Assert.True(QueryParameters.TryDecode(Encoding.ASCII.GetBytes(value), target, out int length));

        Assert.Equal(expected, Encoding.ASCII.GetString(target[..length]));
    }

    [Fact]
    public void Decode_MoreThanThereIsRoomFor_IsFalse() => Assert.False(QueryParameters.TryDecode("%41%42%43"u8, new byte[2], out _));

    /// <summary>The first of the reference implementation's vectors: key 00..0f, inputs empty and 00.</summary>
    [Theory]
    [InlineData("", "A3817F04BA25A8E66DF67214C7550293")]
    [InlineData("00", "DA87C1D86B99AF44347659119B22FC45")]
    public void SipHash128_ReferenceVector_IsMet(string message, string expected)
    {
        byte[] key = [.. Enumerable.Range(0, 16).Select(i => (byte)i)];
        var octets = new byte[16];

        BinaryPrimitives.WriteUInt128LittleEndian(octets, SipHash.Compute128(key, Convert.FromHexString(message)));

        Assert.Equal(expected, Convert.ToHexString(octets));
    }

    [Fact]
    public void Cache_ForgetsWhatExpired_AndNeverGrows()
    {
        var hash = new SecretHash();
        var cache = new ExpiringCache<string>(64);
        UInt128 own = hash.Of("own"u8);

        cache.Add(own, "value", expires: 100, now: 0);
        Assert.Equal("value", cache.Find(own, 99));
        Assert.Null(cache.Find(own, 100));
        UInt128[] others = [.. Enumerable.Range(0, 10_000).Select(i => hash.Of(Encoding.ASCII.GetBytes(i.ToString(CultureInfo.InvariantCulture))))];
        foreach (UInt128 other in others)
            cache.Add(other, "other", expires: 1000, now: 0);

        Assert.InRange(others.Count(other => cache.Find(other, 0) is not null), 1, 64);
    }

    [Fact]
    public void Cache_AddedAgain_IsReplaced()
    {
        var cache = new ExpiringCache<string>(4);

        cache.Add(5, "old", 100, 0);
        cache.Add(5, "new", 200, 0);

        Assert.Equal("new", cache.Find(5, 150));
    }
}
