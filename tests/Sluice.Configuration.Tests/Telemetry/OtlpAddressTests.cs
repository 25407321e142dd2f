using Sluice.Configuration.Telemetry;

namespace Sluice.Configuration.Tests.Telemetry;

/// <summary>Addresses of collectors.</summary>
public sealed class OtlpAddressTests
{
    [Theory]
    [InlineData("collector:4317", OtlpProtocol.Grpc, "collector", 4317, false, "")]
    [InlineData("otel-collector.kgateway-system:4317", OtlpProtocol.Grpc, "otel-collector.kgateway-system", 4317, false, "")]
    [InlineData("127.0.0.1:4317", OtlpProtocol.Grpc, "127.0.0.1", 4317, false, "")]
    [InlineData("[::1]:4317", OtlpProtocol.Grpc, "::1", 4317, false, "")]
    [InlineData("grpcs://collector", OtlpProtocol.Grpc, "collector", 4317, true, "")]
    [InlineData("http://collector:4318", OtlpProtocol.Http, "collector", 4318, false, "")]
    [InlineData("https://collector", OtlpProtocol.Http, "collector", 443, true, "")]
    [InlineData("https://collector:443/otlp/", OtlpProtocol.Http, "collector", 443, true, "/otlp")]
    public void Address_IsRead(string text, OtlpProtocol protocol, string host, int port, bool isSecure, string path)
    {
        Assert.True(OtlpAddress.TryParse(text, out var provider));
        Assert.Equal((protocol, host, port, isSecure, path), (provider.Protocol, provider.Host, provider.Port, provider.IsSecure, provider.Path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("collector")]
    [InlineData("collector:")]
    [InlineData("collector:x")]
    [InlineData("collector:99999")]
    [InlineData("ftp://collector:1")]
    [InlineData("http://user:secret@collector:1")]
    [InlineData("http://collector:1/?x=y")]
    [InlineData("grpc://collector:1/path")]
    [InlineData("a b:4317")]
    public void WhatIsNone_IsRefused(string text) => Assert.False(OtlpAddress.TryParse(text, out _));
}
