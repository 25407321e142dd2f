using System.Net;
using System.Text;
using Sluice.Proxy.Sessions;

namespace Sluice.Proxy.Tests.Sessions;

public sealed class SessionTokenTests
{
    private static readonly SessionKey Key = SessionKey.Of(new byte[SessionKey.Size]);

    [Fact]
    public void TryRead_WhatWasWritten_GivesItBack()
    {
        var token = new SessionToken(1, ulong.MaxValue, 1_700_000_000, uint.MaxValue);
        var text = new byte[SessionToken.TextLength];
        token.Write(text, Key);

        Assert.True(SessionToken.TryRead(text, Key, out var read));
        Assert.Equal(token, read);
        Assert.False(SessionToken.TryRead(text, SessionKey.Random(), out _));
    }

    [Fact]
    public void TryRead_AnyChange_IsRefused()
    {
        var text = new byte[SessionToken.TextLength];
        new SessionToken(1, 2, 3, 4).Write(text, Key);
        for (var i = 0; i < text.Length; i++)
        {
            byte[] changed = [.. text];
            changed[i] = changed[i] == 'A' ? (byte)'B' : (byte)'A';

            Assert.False(SessionToken.TryRead(changed, Key, out _), $"changed at {i}");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("============================================")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("    AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==")]
    public void TryRead_Anything_IsRefused(string text) => Assert.False(SessionToken.TryRead(Encoding.ASCII.GetBytes(text), Key, out _));

    [Fact]
    public void Endpoint_SameAddress_HasTheSameIdOnEveryProxyWithTheKey()
    {
        var endpoint = new IPEndPoint(IPAddress.Parse("10.1.2.3"), 8080);

        Assert.Equal(Key.Endpoint(endpoint), SessionKey.Of(new byte[SessionKey.Size]).Endpoint(endpoint));
        Assert.NotEqual(Key.Endpoint(endpoint), Key.Endpoint(new IPEndPoint(endpoint.Address, 8081)));
        Assert.NotEqual(Key.Endpoint(endpoint), SessionKey.Random().Endpoint(endpoint));
        Assert.NotEqual(Key.Backend("a/b:80", 0), Key.Backend("a/b:80", 1));
    }

    [Fact]
    public void Of_AnotherLength_IsRefused() => Assert.Throws<ArgumentException>(() => SessionKey.Of(new byte[SessionKey.Size - 1]));
}
